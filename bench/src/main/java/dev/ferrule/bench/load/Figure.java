package dev.ferrule.bench.load;

/** What is measured of a server or a client. */
public enum Figure {
    /** Microseconds of processor time of its process for each message, delivery or handshake. */
    CPU("CPU, µs each"),
    /** Messages, deliveries or handshakes in a second. */
    RATE("per second"),
    /** Median of the time from sending to receiving. */
    P50("p50, µs"),
    /** What 99 of 100 stay below. */
    P99("p99, µs"),
    /** What 999 of 1,000 stay below. */
    P999("p99.9, µs"),
    /** Bytes allocated on the heap for each message. */
    ALLOCATED("allocated, bytes each"),
    /** Part of the time in garbage collections. */
    COLLECTING("GC, share of time"),
    /** Part of the time in the JIT compilers: what is above a few hundredths was not warm. */
    COMPILING("JIT, share of time"),
    /** Bytes on the heap for each idle connection, after a garbage collection. */
    HEAP("heap, bytes per connection"),
    /** Bytes of resident memory for each idle connection. */
    RESIDENT("resident, bytes per connection"),
    /** Bytes of direct buffers for each idle connection. */
    DIRECT("direct, bytes per connection"),
    /** How busy the process was, 1 for one core. */
    BUSY("share of a core"),
    /** How busy the load was; near 1 it was the limit of the rate. */
    LOAD_BUSY("load's share of a core");

    private final String title;

    Figure(String title) {
        this.title = title;
    }

    /**
     * Head of its table.
     *
     * @return with the unit
     */
    public String title() {
        return title;
    }
}
