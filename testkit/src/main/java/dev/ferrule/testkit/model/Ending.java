package dev.ferrule.testkit.model;

import java.util.Set;

/** How an allowed outcome ends. */
public sealed interface Ending {
    /** Means: a Close frame without a code. */
    int NO_CODE = 1005;

    /**
     * The connection is still open and waits for more.
     *
     * @param withinMessage whether a message or frame has begun and not ended
     */
    record Open(boolean withinMessage) implements Ending {}

    /**
     * The peer's Close was answered.
     *
     * @param code the code that the kit sent, {@link #NO_CODE} for none; answering another one is tolerated
     */
    record Closed(int code) implements Ending {}

    /**
     * The endpoint failed the connection (RFC 6455 section 7.1.7).
     *
     * @param fitting the codes that describe the failure
     * @param tolerated codes that may also be said to
     * @param why what the failure is
     */
    record Failed(Set<Integer> fitting, Set<Integer> tolerated, String why) implements Ending {
        /** Copies the sets. */
        public Failed {
            fitting = Set.copyOf(fitting);
            tolerated = Set.copyOf(tolerated);
        }

        @Override
        public String toString() {
            return "failed with " + fitting + (tolerated.isEmpty() ? "" : " or " + tolerated) + ": " + why;
        }
    }
}
