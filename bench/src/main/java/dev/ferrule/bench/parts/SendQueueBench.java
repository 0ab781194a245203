package dev.ferrule.bench.parts;

import static java.util.Objects.requireNonNull;

import dev.ferrule.Connection;
import dev.ferrule.Message;
import dev.ferrule.bench.load.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sends to one connection whose transport takes everything at once: what encoding, queueing and flushing cost by themselves,
 * and what several senders cost each other. A figure is the time from one accepted message of a sender to its next; with
 * more senders than cores it holds their waiting for a core as well.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SendQueueBench {
    /** Bytes of payload of each message. */
    @Param({"16", "1024", "65536"})
    public int size;

    private final Swallowing swallowing = new Swallowing();
    private Message text = Message.text("");
    private Message binary = Message.binary(ByteBuffer.allocate(0));
    private @Nullable Connection connection;

    /** Makes the messages. */
    @Setup
    public void make() {
        text = Message.text(new String(Payload.TEXT.bytes(size), StandardCharsets.US_ASCII));
        binary = Message.binary(ByteBuffer.wrap(Payload.BINARY.bytes(size)));
        connection = swallowing.open();
    }

    /** Ends the connection's threads. */
    @TearDown
    public void end() {
        requireNonNull(connection).abort();
        swallowing.stop();
    }

    /** One sender of texts. */
    @Benchmark
    @Threads(1)
    public void text() {
        send(text);
    }

    /** One sender of binary messages. */
    @Benchmark
    @Threads(1)
    public void binary() {
        send(binary);
    }

    /** Two senders. */
    @Benchmark
    @Threads(2)
    public void textOfTwo() {
        send(text);
    }

    /** Eight senders. */
    @Benchmark
    @Threads(8)
    public void textOfEight() {
        send(text);
    }

    /** The queue is bounded: who is faster than the thread that writes has to wait. */
    private void send(Message message) {
        Connection open = requireNonNull(connection);
        while (!open.trySend(message)) {
            if (open.state() != Connection.State.OPEN) {
                throw new IllegalStateException("the connection is " + open.state());
            }
            Thread.onSpinWait();
        }
    }
}
