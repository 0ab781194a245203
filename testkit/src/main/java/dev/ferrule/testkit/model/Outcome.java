package dev.ferrule.testkit.model;

import dev.ferrule.testkit.wire.Bytes;
import java.util.List;

/**
 * One of the things that may happen.
 *
 * @param echoes the messages that come back, in this order; only their beginning if the outcome is not an open end
 * @param pings the payloads of pings: pongs are a subsequence of them, with the last one if the end is open
 * @param ending how it ends
 * @param grade how good it is
 * @param note why it is only tolerated, or empty
 */
public record Outcome(List<Message> echoes, List<Bytes> pings, Ending ending, Grade grade, String note) {
    /** Copies the lists. */
    public Outcome {
        echoes = List.copyOf(echoes);
        pings = List.copyOf(pings);
    }

    /** {@return whether the connection stays open} */
    public boolean open() {
        return ending instanceof Ending.Open;
    }

    @Override
    public String toString() {
        String end = ending.toString() + (note.isEmpty() ? "" : " (" + note + ")");
        return echoes.size() + " echoes, pongs for " + pings.size() + " pings, " + end;
    }
}
