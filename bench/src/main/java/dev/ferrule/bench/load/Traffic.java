package dev.ferrule.bench.load;

/**
 * What connections send.
 *
 * @param payload the kind of message
 * @param size bytes of a message
 * @param inFlight how many messages of a connection are on their way at once
 */
public record Traffic(Payload payload, int size, int inFlight) {
    /**
     * Checks the numbers.
     *
     * @param payload the kind of message
     * @param size bytes of a message
     * @param inFlight how many messages of a connection are on their way at once
     */
    public Traffic {
        if (size < 1 || inFlight < 1) {
            throw new IllegalArgumentException("size is " + size + ", in flight " + inFlight + ", both begin at 1");
        }
    }
}
