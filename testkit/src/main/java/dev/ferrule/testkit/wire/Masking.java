package dev.ferrule.testkit.wire;

/**
 * Whether a frame is masked, said relative to the sender's role so that one scenario serves both roles.
 *
 * @param proper true: masked by a client, not masked by a server; false: the reverse, which the peer must refuse
 * @param key the masking key, used whenever the frame turns out to be masked
 */
public record Masking(boolean proper, int key) {
    /** As the role demands, with the key of the RFC's own example. */
    public static final Masking PROPER = new Masking(true, 0x37FA213D);

    /** Against the role. */
    public static final Masking WRONG = new Masking(false, 0x37FA213D);

    /**
     * {@return whether a frame of this sender carries a masking key}
     *
     * @param sender the role of the endpoint that sends
     */
    public boolean present(Role sender) {
        return proper == (sender == Role.CLIENT);
    }
}
