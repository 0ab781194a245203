package dev.ferrule.testkit.model;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;

/**
 * A whole message, however it was fragmented.
 *
 * @param opcode text or binary
 * @param payload all fragments joined
 */
public record Message(int opcode, Bytes payload) {
    @Override
    public String toString() {
        return Frame.of(opcode, payload).toString();
    }

    /**
     * Whether this could be the beginning of the other message.
     *
     * @param whole the other message
     * @return true if type and first bytes agree
     */
    boolean begins(Message whole) {
        return opcode == whole.opcode && whole.payload.startsWith(payload);
    }

    /** {@return whether it is a text message} */
    public boolean text() {
        return opcode == Opcode.TEXT;
    }
}
