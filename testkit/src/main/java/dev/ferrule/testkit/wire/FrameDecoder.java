package dev.ferrule.testkit.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Turns bytes into frames as they come. It reads anything that has a header and refuses nothing: what is wrong with a
 * frame is said by {@link FrameMonitor}, so that transcripts can also show illegal frames.
 */
public final class FrameDecoder {
    private final Role sender;
    private byte[] buffer = new byte[1024];
    private int start;
    private int end;
    private boolean broken;

    /**
     * For frames that an endpoint of this role sends.
     *
     * @param sender the role of the endpoint that sends
     */
    public FrameDecoder(Role sender) {
        this.sender = sender;
    }

    /**
     * {@return the frames that these bytes complete}
     *
     * @param bytes the bytes
     */
    public List<Frame> feed(Bytes bytes) {
        append(bytes);
        List<Frame> frames = new ArrayList<>();
        for (Optional<Frame> frame = next(); frame.isPresent(); frame = next()) {
            frames.add(frame.get());
        }
        return frames;
    }

    /** {@return how many bytes have come that belong to a frame which is not complete} */
    public int pending() {
        return end - start;
    }

    private void append(Bytes bytes) {
        if (end + bytes.size() > buffer.length) {
            byte[] larger = new byte[Math.max(2 * (end - start), end - start + bytes.size())];
            System.arraycopy(buffer, start, larger, 0, end - start);
            buffer = larger;
            end -= start;
            start = 0;
        }
        System.arraycopy(bytes.toArray(), 0, buffer, end, bytes.size());
        end += bytes.size();
    }

    private Optional<Frame> next() {
        if (broken || pending() < 2) {
            return Optional.empty();
        }
        int second = buffer[start + 1] & 0xFF;
        int lengthBytes = (second & 0x7F) == 127 ? 8 : (second & 0x7F) == 126 ? 2 : 0;
        boolean masked = (second & 0x80) != 0;
        int header = 2 + lengthBytes + (masked ? 4 : 0);
        if (pending() < header) {
            return Optional.empty();
        }
        long length = lengthBytes == 0 ? second & 0x7F : number(start + 2, lengthBytes);
        // Nothing can be made of what follows a length that no frame can have.
        broken = length < 0;
        if (!broken && pending() - header < length) {
            return Optional.empty();
        }
        int key = masked ? (int) number(start + header - 4, 4) : 0;
        int payloadStart = start + header;
        byte[] payload = Arrays.copyOfRange(buffer, payloadStart, payloadStart + (broken ? 0 : (int) length));
        Frame frame = new Frame(
                (buffer[start] & 0x80) != 0,
                buffer[start] >> 4 & 0x7,
                buffer[start] & 0xF,
                new Masking(masked == (sender == Role.CLIENT), key),
                lengthBytes == 0 ? LengthForm.BITS_7 : lengthBytes == 2 ? LengthForm.BITS_16 : LengthForm.BITS_64,
                length,
                Bytes.copyOf(masked ? Frame.mask(payload, key) : payload));
        start = payloadStart + payload.length;
        return Optional.of(frame);
    }

    private long number(int from, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (buffer[from + i] & 0xFF);
        }
        return value;
    }
}
