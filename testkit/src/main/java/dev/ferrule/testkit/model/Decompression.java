package dev.ferrule.testkit.model;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.deflate.CorruptException;
import dev.ferrule.testkit.deflate.Inflation;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Utf8Automaton;
import dev.ferrule.testkit.wire.Violation;
import java.util.List;

/** Inflates what the endpoint under test sends, and judges it (RFC 7692 sections 7.1 and 7.2.1). */
final class Decompression {
    private static final int MOST_BYTES = 1 << 26;

    private final Agreement agreement;
    private final Role sender;
    private final List<Violation> violations;
    private final Inflation inflation;

    Decompression(Agreement agreement, Role sender, List<Violation> violations) {
        this.agreement = agreement;
        this.sender = sender;
        this.violations = violations;
        this.inflation = new Inflation(agreement.takeover(sender), MOST_BYTES);
    }

    Bytes message(int opcode, Bytes payload) {
        if (payload.size() == 0) {
            broken("7692-7.2.1-1", "a compressed message without a byte");
        }
        if (payload.size() > 4
                && payload.slice(payload.size() - 4, payload.size()).equals(Bytes.hex("0000ffff"))) {
            broken("7692-7.2.1-1", "a compressed message with the four bytes at its end that should be left out");
        }
        try {
            Bytes message = inflation.message(payload);
            int reach = 1 << agreement.bits(sender);
            if (inflation.farthest() > reach) {
                broken(
                        sender == Role.SERVER ? "7692-7.1.2.1" : "7692-7.1.2.2",
                        "a distance of " + inflation.farthest() + " where " + reach + " is agreed");
            }
            if (opcode == Opcode.TEXT && !Utf8Automaton.valid(message)) {
                broken("6455-5.6-1", "text not UTF-8 after inflation");
            }
            return message;
        } catch (CorruptException e) {
            boolean resets = !agreement.takeover(sender);
            String takeover = sender == Role.SERVER ? "7692-7.1.1.1" : "7692-7.1.1.2";
            broken(
                    resets ? takeover : "7692-7.2.1-1",
                    "a compressed message that can't be inflated" + (resets ? " by itself: " : ": ") + e.getMessage());
            return Bytes.EMPTY;
        }
    }

    private void broken(String requirement, String what) {
        violations.add(Violation.must(requirement, what));
    }
}
