package dev.ferrule.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ferrule.protocol.Header;
import dev.ferrule.protocol.Headers;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The head of an HTTP/1.1 message (RFC 9112 section 2.1).
 *
 * @param startLine the request line or status line
 * @param fields the fields in their order, without the whitespace around their values
 */
record HttpHead(String startLine, Headers fields) {
    /** What came is no head of HTTP, or too long for one. */
    static final class MalformedException extends IOException {
        @Serial
        private static final long serialVersionUID = 1;

        /** The status that answers it. */
        private final int status;

        MalformedException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** Collects the bytes of a head up to the empty line behind it. */
    static final class Reader {
        private final int mostBytes;
        private final int mostFields;
        private byte[] bytes = new byte[512];
        private int size;
        private int lineStart;

        Reader(int mostBytes, int mostFields) {
            this.mostBytes = mostBytes;
            this.mostFields = mostFields;
        }

        /** Takes bytes up to the end of the head, and says whether that has come. */
        boolean read(ByteBuffer from) throws MalformedException {
            while (from.hasRemaining()) {
                if (size == mostBytes) {
                    throw new MalformedException(431, "head is longer than " + mostBytes + " bytes");
                }
                if (size == bytes.length) {
                    bytes = Arrays.copyOf(bytes, Math.min(mostBytes, 2 * size));
                }
                byte next = from.get();
                bytes[size++] = next;
                if (next == '\n' && lineEnds()) {
                    return true;
                }
            }
            return false;
        }

        /** A line has ended; true if it was the empty one behind the others. */
        private boolean lineEnds() throws MalformedException {
            int length = size - lineStart;
            if (length < 2 || bytes[size - 2] != '\r') {
                throw new MalformedException(400, "a line ends in LF without CR (RFC 9112 section 2.2)");
            }
            lineStart = size;
            // Empty lines before the first one are to be ignored (RFC 9112 section 2.2).
            size -= size == 2 ? 2 : 0;
            lineStart = Math.min(lineStart, size);
            return length == 2 && size > 0;
        }

        HttpHead head() throws MalformedException {
            String[] lines = new String(bytes, 0, size - 4, ISO_8859_1).split("\r\n", -1);
            if (lines.length - 1 > mostFields) {
                throw new MalformedException(431, "more than " + mostFields + " header fields");
            }
            List<Header> fields = new ArrayList<>(lines.length);
            for (String line : lines) {
                if (line.indexOf('\r') >= 0 || line.indexOf('\0') >= 0) {
                    throw new MalformedException(400, "a line has a CR or NUL in it (RFC 9110 section 5.5)");
                }
            }
            for (int i = 1; i < lines.length; i++) {
                fields.add(field(lines[i]));
            }
            return new HttpHead(lines[0], Headers.received(fields));
        }

        private static Header field(String line) throws MalformedException {
            int colon = line.indexOf(':');
            if (colon <= 0 || !line.substring(0, colon).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                throw new MalformedException(400, "a line is no header field (RFC 9112 section 5)");
            }
            return new Header(line.substring(0, colon), trimmed(line.substring(colon + 1)));
        }

        private static String trimmed(String value) {
            int from = 0;
            int to = value.length();
            while (from < to && (value.charAt(from) == ' ' || value.charAt(from) == '\t')) {
                from++;
            }
            while (from < to && (value.charAt(to - 1) == ' ' || value.charAt(to - 1) == '\t')) {
                to--;
            }
            return value.substring(from, to);
        }
    }
}
