package dev.ferrule.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a {@link FrameReader} makes of bytes: a line for each frame, or for the rule that was broken. */
final class Reading {
    static final int KEY = 0xA15B00FF;

    private final FrameReader reader;
    private final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private boolean inFrame;
    private boolean failed;
    private int consumed;

    private Reading(Role role, long limit) {
        reader = new FrameReader(role, limit);
    }

    /** The frames in these bytes, which come in these segments. */
    static List<String> of(Role role, long limit, byte[]... segments) {
        Reading reading = new Reading(role, limit);
        for (byte[] segment : segments) {
            reading.take(segment);
        }
        return reading.lines;
    }

    private void take(byte[] segment) {
        ByteBuffer in = ByteBuffer.wrap(segment.clone());
        try {
            while (!failed && (in.hasRemaining() || (inFrame && reader.remaining() == 0))) {
                if (!inFrame) {
                    int before = in.position();
                    try {
                        inFrame = reader.readHeader(in);
                    } finally {
                        consumed += in.position() - before;
                    }
                } else {
                    piece(in);
                }
            }
        } catch (ProtocolException e) {
            failed = true;
            lines.add("error " + e.code().value() + " at byte " + consumed);
        }
    }

    private void piece(ByteBuffer in) {
        int n = reader.unmask(in);
        byte[] piece = new byte[n];
        in.get(piece);
        consumed += n;
        payload.writeBytes(piece);
        if (reader.remaining() == 0) {
            inFrame = false;
            String kind = reader.opcode().control() ? "" : reader.first() ? " first" : " next";
            lines.add(reader.opcode() + kind + (reader.fin() ? " fin " : " ") + reader.length() + " "
                    + show(payload.toByteArray()));
            payload.reset();
        }
    }

    static String show(byte[] payload) {
        return payload.length > 40 ? "#" + Arrays.hashCode(payload) : new String(payload, StandardCharsets.ISO_8859_1);
    }

    /** A header with the length in 1, 3 (126) or 9 (127) bytes, whether or not that is allowed. */
    static byte[] header(int first, boolean masked, int form, long length) {
        ByteBuffer header = ByteBuffer.allocate(14);
        header.put((byte) first);
        int mask = masked ? 0x80 : 0;
        switch (form) {
            case 126 -> header.put((byte) (mask | 126)).putShort((short) length);
            case 127 -> header.put((byte) (mask | 127)).putLong(length);
            default -> header.put((byte) (mask | (int) length));
        }
        if (masked) {
            header.putInt(KEY);
        }
        byte[] bytes = new byte[header.position()];
        header.flip().get(bytes);
        return bytes;
    }

    /** A frame with the shortest form of the length. */
    static byte[] frame(int first, boolean masked, byte... payload) {
        int form = payload.length < 126 ? 0 : payload.length < 65536 ? 126 : 127;
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(header(first, masked, form, payload.length));
        for (int i = 0; i < payload.length; i++) {
            frame.write(masked ? payload[i] ^ (KEY >>> (24 - 8 * (i % 4))) : payload[i]);
        }
        return frame.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
