package dev.ferrule.testkit.wire;

/** The three ways to write a payload length (RFC 6455 section 5.2). */
public enum LengthForm {
    /** In the seven bits of the second byte. */
    BITS_7,
    /** 126, then two bytes. */
    BITS_16,
    /** 127, then eight bytes. */
    BITS_64;

    /**
     * {@return the form that the RFC demands for this length; a length with its top bit set needs 64 bits}
     *
     * @param length a length of a payload
     */
    public static LengthForm shortest(long length) {
        if (length < 0 || length > 0xFFFF) {
            return BITS_64;
        }
        return length > 125 ? BITS_16 : BITS_7;
    }
}
