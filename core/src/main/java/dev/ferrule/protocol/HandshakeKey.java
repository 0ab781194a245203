package dev.ferrule.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The key of an opening handshake, {@code Sec-WebSocket-Key}, and the answer to it, {@code Sec-WebSocket-Accept} (RFC 6455
 * sections 4.1, 4.2.1 and 4.2.2).
 *
 * <p>Pure functions for any thread; no argument may be null.
 */
public final class HandshakeKey {
    private static final byte[] GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11".getBytes(ISO_8859_1);
    private static final int BYTES = 16;

    private HandshakeKey() {}

    /**
     * A key for one connection; section 4.1 wants it chosen at random for each.
     *
     * @param random the source of its 16 bytes
     * @return the key in base64, 24 characters
     */
    public static String random(SecureRandom random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /**
     * The answer to a key: base64 of SHA-1 of the key and the GUID (section 4.2.2).
     *
     * @param key the key as the client sent it, without whitespace around it; not checked
     * @return the value of {@code Sec-WebSocket-Accept}, 28 characters
     */
    public static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(key.getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(sha1.digest(GUID));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1, which each must have", e);
        }
    }

    /**
     * What is wrong with a key, or null.
     *
     * <p>The last letter before the padding has four bits that no byte needs, and which base64 as such wants to be zero.
     * RFC 6455's own sample once had others (erratum 3150), so any are taken.
     */
    static @Nullable String fault(String key) {
        int padded = key.length();
        while (padded > 0 && key.charAt(padded - 1) == '=') {
            padded--;
        }
        for (int i = 0; i < padded; i++) {
            char c = key.charAt(i);
            if (!FieldGrammar.isAlpha(c) && !FieldGrammar.isDigit(c) && c != '+' && c != '/') {
                return "Sec-WebSocket-Key is not base64: " + FieldGrammar.shown(key) + " (RFC 6455 section 4.2.1)";
            }
        }
        int padding = key.length() - padded;
        if (key.length() % 4 != 0 || padding > 2) {
            return "Sec-WebSocket-Key is not base64: " + padded + " letters with " + padding
                    + " of padding (RFC 6455 section 4.2.1)";
        }
        int bytes = padded * 3 / 4;
        return bytes == BYTES
                ? null
                : "Sec-WebSocket-Key is " + bytes + " bytes when decoded, not 16 (RFC 6455 section 4.2.1)";
    }
}
