package dev.ferrule.testkit.deflate;

/** Bytes that are no DEFLATE stream. */
public final class CorruptException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean cutOff;

    CorruptException(String message, boolean cutOff) {
        super(message, null, false, false);
        this.cutOff = cutOff;
    }

    /** {@return whether nothing is wrong but that the stream ends within a block, so that more could heal it} */
    public boolean cutOff() {
        return cutOff;
    }
}
