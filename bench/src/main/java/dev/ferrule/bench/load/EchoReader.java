package dev.ferrule.bench.load;

import java.nio.ByteBuffer;

/** Reads the frames of a server, and verifies that each message is the one that was sent. */
final class EchoReader {
    private static final int CONTINUATION = 0;
    private static final int CLOSE = 8;
    private static final int PING = 9;

    private final ByteBuffer expected;
    private final int opcode;
    private final ByteBuffer header = ByteBuffer.allocate(10);
    private final ByteBuffer control = ByteBuffer.allocate(125);
    private int current;
    private boolean fin;
    private boolean inMessage;
    private boolean inPayload;
    private long left;
    private int closeCode = -1;
    private boolean pinged;

    /** The payload is shared with other readers: only its content counts. */
    EchoReader(ByteBuffer payload, boolean text) {
        expected = payload.duplicate().clear();
        expected.limit(0);
        opcode = text ? 1 : 2;
        header.limit(2);
    }

    /** Takes all bytes; says how many messages ended with them. */
    int read(ByteBuffer in) throws LoadException {
        int messages = 0;
        while (in.hasRemaining()) {
            if (!inPayload && !readHeader(in)) {
                return messages;
            }
            readPayload(in);
            if (left == 0) {
                inPayload = false;
                messages += frameEnds();
            }
        }
        return messages;
    }

    private boolean readHeader(ByteBuffer in) throws LoadException {
        while (true) {
            while (header.hasRemaining()) {
                if (!in.hasRemaining()) {
                    return false;
                }
                header.put(in.get());
            }
            int length = header.get(1) & 0xFF;
            if (length > 127) {
                throw new LoadException("the server masks its frames");
            }
            int whole = length < 126 ? 2 : length == 126 ? 4 : 10;
            if (header.position() == whole) {
                left = length < 126 ? length : length == 126 ? header.getShort(2) & 0xFFFF : header.getLong(2);
                beginFrame(header.get(0) & 0xFF);
                header.clear().limit(2);
                return true;
            }
            header.limit(whole);
        }
    }

    private void beginFrame(int first) throws LoadException {
        fin = (first & 0x80) != 0;
        current = first & 0x0F;
        inPayload = true;
        if ((first & 0x70) != 0) {
            throw new LoadException("a frame has reserved bits set: 0x" + Integer.toHexString(first));
        }
        if (current >= CLOSE) {
            if (left > control.capacity() || !fin) {
                throw new LoadException("a control frame has " + left + " bytes, fin " + fin);
            }
            control.clear();
            return;
        }
        if (current != (inMessage ? CONTINUATION : opcode)) {
            throw new LoadException("a frame has opcode " + current + ", expected " + (inMessage ? 0 : opcode));
        }
        inMessage = true;
    }

    private void readPayload(ByteBuffer in) throws LoadException {
        int n = (int) Math.min(left, in.remaining());
        int end = in.position() + n;
        int limit = in.limit();
        in.limit(end);
        if (current >= CLOSE) {
            control.put(in);
        } else {
            verify(in, n);
        }
        in.limit(limit).position(end);
        left -= n;
    }

    /** What of the message has arrived so far ends at the limit of {@code expected}. */
    private void verify(ByteBuffer in, int n) throws LoadException {
        int from = expected.limit();
        if (n > expected.capacity() - from) {
            throw new LoadException("an echo is longer than the " + expected.capacity() + " bytes that were sent");
        }
        expected.limit(from + n).position(from);
        int differs = in.mismatch(expected);
        if (differs >= 0) {
            throw new LoadException("an echo differs from what was sent at byte " + (from + differs));
        }
    }

    private int frameEnds() throws LoadException {
        if (current >= CLOSE) {
            if (current == CLOSE) {
                closeCode = control.position() < 2 ? 1005 : control.getShort(0) & 0xFFFF;
            }
            pinged |= current == PING;
            return 0;
        }
        if (!fin) {
            return 0;
        }
        if (expected.limit() != expected.capacity()) {
            throw new LoadException(
                    "an echo has " + expected.limit() + " bytes, " + expected.capacity() + " were sent");
        }
        inMessage = false;
        expected.clear().limit(0);
        return 1;
    }

    /** The code of the server's Close, 1005 for none, -1 if none came. */
    int closeCode() {
        return closeCode;
    }

    /** Whether a Ping has come since the last call. */
    boolean takePinged() {
        boolean was = pinged;
        pinged = false;
        return was;
    }
}
