package dev.ferrule.testkit.contract;

import dev.ferrule.Connection;
import dev.ferrule.Message;
import dev.ferrule.SendException;
import dev.ferrule.testkit.wire.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Large numbered messages to a peer that doesn't read, and what it finds when it does. */
final class Flood {
    /** So large that some of them fill what TCP buffers, and that none is cheap to copy. */
    private static final int BYTES = 128 << 10;

    /** More than TCP buffers: so many are never taken without being read. */
    static final int MANY = 400;

    private Flood() {}

    static Message numbered(int number) {
        return Message.binary(ByteBuffer.allocate(BYTES).putInt(0, number));
    }

    /** Sends until a send is refused, and says which it was. */
    static SendException untilRefused(Connection connection) {
        for (int i = 0; i < MANY; i++) {
            try {
                connection.send(numbered(i));
            } catch (SendException e) {
                return e;
            }
        }
        throw new AssertionError("no send was refused");
    }

    /** Sends whenever there is room: a queue that is full now may still be taken by TCP's buffers. */
    @SuppressWarnings("ThreadPriorityCheck") // the queue is full, and the other threads are to have their turn
    static void untilClosed(Connection connection) {
        for (int i = 0; i < MANY && connection.state() == Connection.State.OPEN; ) {
            if (connection.trySend(numbered(i))) {
                i++;
            } else {
                Thread.yield();
            }
        }
    }

    /** The numbers of the messages that come up to the text "end". */
    static List<Integer> read(RawPeer peer) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        while (true) {
            Frame frame = peer.frame();
            if (frame == null) {
                throw new AssertionError("the stream ended behind " + numbers);
            }
            if (frame.opcode() == 1) {
                return numbers;
            }
            numbers.add(ByteBuffer.wrap(frame.payload().slice(0, 4).toArray()).getInt());
        }
    }
}
