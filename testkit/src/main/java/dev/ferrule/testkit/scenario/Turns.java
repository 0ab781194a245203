package dev.ferrule.testkit.scenario;

import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Segmentation;
import java.io.IOException;
import java.util.List;

/**
 * Two connections that are served in turns, a frame of one and then one of the other or of the same again.
 *
 * @param one what is sent on the first
 * @param other what is sent on the second
 * @param turns whose turn it is: true for the first; what is left behind them goes at once
 * @param cut how each frame is cut
 */
public record Turns(List<Frame> one, List<Frame> other, List<Boolean> turns, Segmentation cut) implements Script {
    /** Copies the lists. */
    public Turns {
        one = List.copyOf(one);
        other = List.copyOf(other);
        turns = List.copyOf(turns);
    }

    @Override
    public List<String> run(Lab lab) throws IOException, InterruptedException {
        Script.Talk first = lab.open();
        Script.Talk second = lab.open();
        int ofOne = 0;
        int ofOther = 0;
        for (boolean turn : turns) {
            if (turn && ofOne < one.size()) {
                first.play(new Step.Send(one.subList(ofOne, ++ofOne), cut));
            } else if (!turn && ofOther < other.size()) {
                second.play(new Step.Send(other.subList(ofOther, ++ofOther), cut));
            }
        }
        first.play(new Step.Send(one.subList(ofOne, one.size()), cut), Step.barrier());
        second.play(new Step.Send(other.subList(ofOther, other.size()), cut), Step.barrier());
        first.close();
        second.close();
        return List.of();
    }
}
