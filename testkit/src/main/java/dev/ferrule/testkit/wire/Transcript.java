package dev.ferrule.testkit.wire;

import java.util.ArrayList;
import java.util.List;

/** Everything that happened on one connection, in order. Safe for use by several threads. */
public final class Transcript {
    private final long begin = System.nanoTime();
    private final List<Entry> entries = new ArrayList<>();

    /** An empty transcript, whose time begins now. */
    public Transcript() {}

    /** Which way bytes went. */
    public enum Direction {
        /** From the kit to the peer under test. */
        SENT,
        /** From the peer under test to the kit. */
        RECEIVED
    }

    /** One thing that happened. */
    public sealed interface Entry {
        /** {@return nanoseconds since the transcript began} */
        long nanos();
    }

    /**
     * Bytes on the wire.
     *
     * @param nanos nanoseconds since the transcript began
     * @param direction which way
     * @param bytes as they were written, or as one read returned them
     */
    public record Transfer(long nanos, Direction direction, Bytes bytes) implements Entry {}

    /**
     * Anything else: a connect, a FIN, a reset, a step of the scenario.
     *
     * @param nanos nanoseconds since the transcript began
     * @param text what
     */
    public record Note(long nanos, String text) implements Entry {}

    /**
     * Adds bytes.
     *
     * @param direction which way
     * @param bytes the bytes
     */
    public synchronized void add(Direction direction, Bytes bytes) {
        entries.add(new Transfer(System.nanoTime() - begin, direction, bytes));
    }

    /**
     * Adds a remark.
     *
     * @param text what happened
     */
    public synchronized void note(String text) {
        entries.add(new Note(System.nanoTime() - begin, text));
    }

    /** {@return all entries so far} */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /**
     * {@return the bytes of one direction, joined}
     *
     * @param direction which way
     */
    public Bytes bytes(Direction direction) {
        return Bytes.concat(entries().stream()
                .filter(entry -> entry instanceof Transfer transfer && transfer.direction() == direction)
                .map(entry -> ((Transfer) entry).bytes())
                .toList());
    }

    /**
     * {@return all of it, readable by people: time, direction, hex, and behind the handshake the frames as they became
     * complete}
     *
     * @param kit the role of the kit on this connection
     */
    public String render(Role kit) {
        return new TranscriptText(kit).render(entries());
    }
}
