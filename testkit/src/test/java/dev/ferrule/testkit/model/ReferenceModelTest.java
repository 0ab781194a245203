package dev.ferrule.testkit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.LengthForm;
import dev.ferrule.testkit.wire.Masking;
import dev.ferrule.testkit.wire.Opcode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReferenceModelTest {
    private static final MessageLimit LIMIT = MessageLimit.exactly(1000);

    @Test
    void fragmentsAreOneEchoAndPingsAreKeptInOrder() {
        Outcome outcome = only(
                Frame.text("a").notFinal(), Frame.ping("1"), Frame.continuation("b"), Frame.ping("2"), Frame.pong("3"));
        assertEquals(List.of(new Message(Opcode.TEXT, Bytes.utf8("ab"))), outcome.echoes());
        assertEquals(List.of(Bytes.utf8("1"), Bytes.utf8("2")), outcome.pings());
        assertEquals(new Ending.Open(false), outcome.ending());
    }

    @Test
    void firstViolationDecides() {
        Outcome outcome = only(Frame.text("a"), Frame.text("b").withRsv(4), Frame.text(Bytes.hex("ff")));
        assertEquals(1, outcome.echoes().size());
        assertEquals(Set.of(1002), codes(List.of(outcome)));
    }

    @Test
    void brokenTextMayFailLateOrAsWhatComesBehindIt() {
        List<Outcome> outcomes = allowed(Frame.text(Bytes.hex("ff")).notFinal(), Frame.text("nested"));
        assertEquals(Set.of(1007, 1002), codes(outcomes));
        assertEquals(Grade.FITTING, outcomes.get(0).grade());
        assertEquals(Grade.TOLERATED, outcomes.get(1).grade());
    }

    @Test
    void brokenTextIsNeverEchoed() {
        List<Outcome> outcomes = allowed(Frame.text(Bytes.hex("ff")).notFinal(), Frame.continuation("x"));
        assertEquals(Set.of(1007), codes(outcomes));
        assertTrue(outcomes.stream().allMatch(outcome -> outcome.echoes().isEmpty()));
    }

    @Test
    void headerFaultsComeBeforeFaultsOfPayload() {
        assertEquals(Set.of(1002), codes(allowed(Frame.text(Bytes.hex("ff")).withMasking(Masking.WRONG))));
        assertEquals(
                Set.of(1002), codes(allowed(Frame.binary(Bytes.pattern(2000)).withRsv(1))));
    }

    @Test
    void longLengthIsFailedOrTolerated() {
        List<Outcome> outcomes = allowed(Frame.text("a").withForm(LengthForm.BITS_16));
        assertEquals(2, outcomes.size());
        assertEquals(Set.of(1002), codes(outcomes.subList(0, 1)));
        assertEquals(Grade.TOLERATED, outcomes.get(1).grade());
        assertTrue(outcomes.get(1).open());
    }

    @Test
    void sizeCountsOverFragmentsAndAsAnnounced() {
        assertTrue(only(Frame.binary(Bytes.pattern(1000))).open());
        assertEquals(Set.of(1009), codes(allowed(Frame.binary(Bytes.pattern(1001)))));
        assertEquals(Set.of(1009), codes(allowed(Frame.binary(Bytes.EMPTY).announcing(1001))));
        assertEquals(
                Set.of(1009), codes(allowed(Frame.binary(Bytes.pattern(1000)).notFinal(), Frame.continuation("x"))));
    }

    @Test
    void closeCodesFollowTheRegistry() {
        assertEquals(new Ending.Closed(1000), only(Frame.close(1000, "")).ending());
        assertEquals(new Ending.Closed(Ending.NO_CODE), only(Frame.close()).ending());
        assertEquals(Set.of(1002), codes(allowed(Frame.close(1005, ""))));
        assertEquals(2, allowed(Frame.close(2999, "")).size());
        assertEquals(Set.of(1007), codes(allowed(Frame.close(1000, Bytes.hex("ff")))));
    }

    @Test
    void nothingCountsBehindClose() {
        Outcome outcome = only(Frame.close(1000, ""), Frame.text("late"), Frame.ping("late"));
        assertEquals(List.of(), outcome.echoes());
        assertEquals(List.of(), outcome.pings());
    }

    private static Outcome only(Frame... frames) {
        List<Outcome> outcomes = allowed(frames);
        assertEquals(1, outcomes.size(), outcomes::toString);
        return outcomes.get(0);
    }

    private static List<Outcome> allowed(Frame... frames) {
        return ReferenceModel.allowed(List.of(frames), LIMIT);
    }

    private static Set<Integer> codes(List<Outcome> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.ending() instanceof Ending.Failed failed
                        ? failed.fitting().stream()
                        : List.<Integer>of().stream())
                .collect(Collectors.toSet());
    }
}
