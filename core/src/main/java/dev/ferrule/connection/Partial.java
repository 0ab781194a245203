package dev.ferrule.connection;

import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.PartialEndpoint;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.protocol.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Delivers messages piece by piece. With the role; there only where the endpoint wants it. */
final class Partial {
    private final PartialEndpoint endpoint;
    private final Utf8 utf8 = new Utf8();
    /** The beginning of a character whose end has not come. */
    private byte[] cut = new byte[0];

    private boolean last;
    private long size;

    private Partial(PartialEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    static @Nullable Partial of(Endpoint endpoint) {
        return endpoint instanceof PartialEndpoint partial ? new Partial(partial) : null;
    }

    /** A piece is about to be delivered; false if there is nothing in it to deliver. */
    boolean piece(int length, boolean isLast) {
        last = isLast;
        size += length;
        return length > 0 || isLast;
    }

    /** The whole characters of a text that are known with this piece; null if there are none yet. */
    @Nullable
    String decode(byte[] bytes, int length) throws ProtocolException {
        if (!utf8.accept(bytes, 0, length) || (last && !utf8.complete())) {
            throw new ProtocolException(
                    CloseCode.INVALID_FRAME_PAYLOAD_DATA, "text message is not UTF-8 (RFC 6455 section 8.1)");
        }
        byte[] all = cut.length == 0 ? bytes : join(bytes, length);
        int end = cut.length + length;
        int whole = last ? end : end - unfinished(all, end);
        cut = whole == end ? NONE : Arrays.copyOfRange(all, whole, end);
        if (last) {
            utf8.reset();
        }
        return whole == 0 && !last ? null : new String(all, 0, whole, StandardCharsets.UTF_8);
    }

    private static final byte[] NONE = new byte[0];

    private byte[] join(byte[] bytes, int length) {
        byte[] all = Arrays.copyOf(cut, cut.length + length);
        System.arraycopy(bytes, 0, all, cut.length, length);
        return all;
    }

    /** How many bytes at the end belong to a character that isn't whole, in what is UTF-8 so far. */
    private static int unfinished(byte[] bytes, int end) {
        for (int back = 1; back <= Math.min(3, end); back++) {
            int b = bytes[end - back] & 0xFF;
            if (b < 0x80) {
                return 0;
            }
            if (b >= 0xC0) {
                int length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return back < length ? back : 0;
            }
        }
        return 0;
    }

    @Nullable
    CompletionStage<?> onText(Connection connection, String piece) throws Exception {
        return endpoint.onPartialText(connection, piece, last);
    }

    @Nullable
    CompletionStage<?> onBinary(Connection connection, ByteBuffer piece) throws Exception {
        return endpoint.onPartialBinary(connection, piece, last);
    }

    /** The size of the message if it has been delivered whole, or -1. */
    long whole() {
        if (!last) {
            return -1;
        }
        long whole = size;
        size = 0;
        return whole;
    }
}
