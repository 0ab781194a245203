package dev.ferrule.testkit.scenario;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What the model can't say: several connections at once, keys, who ends TCP first. */
final class ScriptScenarios {
    private static final int MASKS = 1000;

    private ScriptScenarios() {}

    static List<Scenario> all() {
        return List.of(
                script("6455-4.1-7", "thirty connections", ScriptScenarios::keysAreFresh),
                script("6455-5.3-2", MASKS + " frames", ScriptScenarios::masksAreFresh),
                script("6455-7.1.1-1", "after both Closes", ScriptScenarios::clientWaits),
                script("6455-8.1-5", "two connections, each within a character", ScriptScenarios::interleaved));
    }

    private static Scenario script(String requirement, String what, Script script) {
        return Scenario.of(Names.id(requirement, what), what, new Play.Scripted(script));
    }

    private static List<String> keysAreFresh(Script.Lab lab) throws IOException, InterruptedException {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            Script.Talk talk = lab.open();
            talk.close();
            keys.addAll(talk.head().fields().all("Sec-WebSocket-Key"));
        }
        return keys.size() == 30 ? List.of() : List.of("30 handshakes had " + keys.size() + " different keys");
    }

    private static List<String> masksAreFresh(Script.Lab lab) throws IOException, InterruptedException {
        Script.Talk talk = lab.open();
        talk.play(
                Step.send(IntStream.range(0, MASKS)
                        .mapToObj(i -> Frame.text("" + i))
                        .toArray(Frame[]::new)),
                Step.barrier());
        List<Integer> keys = talk.received().stream()
                .filter(frame -> !frame.control())
                .map(frame -> frame.masking().key())
                .toList();
        talk.close();
        return judgeMasks(keys);
    }

    /** Bounds that a good generator passes in all but one of many millions of runs. */
    static List<String> judgeMasks(List<Integer> keys) {
        List<String> wrong = new ArrayList<>();
        // Two equal keys in a thousand happen once in 8600 runs, four equal pairs practically never.
        if (new HashSet<>(keys).size() < keys.size() - 3) {
            wrong.add(keys.size() + " frames had only " + new HashSet<>(keys).size() + " masking keys");
        }
        Set<Integer> steps = new HashSet<>();
        int ones = 0;
        for (int i = 0; i < keys.size(); i++) {
            ones += Integer.bitCount(keys.get(i));
            if (i > 0) {
                steps.add(keys.get(i) - keys.get(i - 1));
            }
        }
        if (steps.size() < keys.size() / 2) {
            wrong.add("masking keys are a counter: " + keys.subList(0, Math.min(5, keys.size())));
        }
        int bits = 32 * keys.size();
        // Seven standard deviations.
        if (Math.abs(ones - bits / 2) > 3.5 * Math.sqrt(bits)) {
            wrong.add(ones + " of " + bits + " bits of the masking keys are ones");
        }
        return wrong;
    }

    /**
     * The one place where time decides: that a client does <em>not</em> end TCP can't be shown by any barrier. Only a
     * client that ends it at once is caught.
     */
    private static List<String> clientWaits(Script.Lab lab) throws IOException, InterruptedException {
        Script.Talk talk = lab.open();
        talk.play(Step.send(Frame.text("x")), Step.barrier());
        return talk.endsFirst(Duration.ofMillis(200)) ? List.of("the client ended TCP at once") : List.of();
    }

    private static List<String> interleaved(Script.Lab lab) throws IOException, InterruptedException {
        Script.Talk one = lab.open();
        Script.Talk two = lab.open();
        Frame half = Frame.of(Opcode.TEXT, Bytes.hex("c3")).notFinal();
        one.play(Step.send(Frame.text(Bytes.hex("e2 82")).notFinal(), Frame.ping("one")), Step.barrier());
        two.play(Step.send(Frame.text("whole"), half, Frame.ping("two")), Step.barrier());
        one.play(Step.send(Frame.continuation(Bytes.hex("ac"))), Step.barrier());
        two.play(Step.send(Frame.continuation(Bytes.hex("a9"))), Step.barrier());
        one.close();
        two.close();
        return List.of();
    }
}
