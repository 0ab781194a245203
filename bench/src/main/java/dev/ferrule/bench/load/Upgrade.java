package dev.ferrule.bench.load;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Reads the response of an opening handshake. */
final class Upgrade {
    /** The key of every request: the example of RFC 6455 section 1.3. */
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final int MAX_HEAD = 8192;

    private final StringBuilder head = new StringBuilder(256);

    /** Takes bytes up to the end of the head, and no further; true when it has ended. */
    boolean read(ByteBuffer in) throws LoadException {
        while (in.hasRemaining()) {
            head.append((char) (in.get() & 0xFF));
            int end = head.length() - 4;
            if (end >= 0 && head.charAt(end + 3) == '\n' && head.indexOf("\r\n\r\n", end) == end) {
                check(head.toString());
                return true;
            }
            if (head.length() > MAX_HEAD) {
                throw new LoadException("the head of the response is longer than " + MAX_HEAD + " bytes");
            }
        }
        return false;
    }

    private static void check(String head) throws LoadException {
        if (!head.startsWith("HTTP/1.1 101") || !head.contains(ACCEPT)) {
            throw new LoadException("not upgraded: " + head.lines().findFirst().orElse(""));
        }
        if (head.toLowerCase(Locale.ROOT).contains("sec-websocket-extensions:")) {
            throw new LoadException("the server took an extension that wasn't offered");
        }
    }
}
