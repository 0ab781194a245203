package dev.ferrule.testkit.model;

/**
 * How large messages may be.
 *
 * @param bytes messages up to this size must pass
 * @param exact whether one byte more must fail, or nothing is known of larger ones
 */
public record MessageLimit(long bytes, boolean exact) {
    /**
     * {@return messages of up to that many bytes pass, larger ones fail with 1009}
     *
     * @param bytes the size
     */
    public static MessageLimit exactly(long bytes) {
        return new MessageLimit(bytes, true);
    }

    /**
     * {@return messages of up to that many bytes pass, of larger ones nothing is known}
     *
     * @param bytes the size
     */
    public static MessageLimit atLeast(long bytes) {
        return new MessageLimit(bytes, false);
    }
}
