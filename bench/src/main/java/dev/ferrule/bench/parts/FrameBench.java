package dev.ferrule.bench.parts;

import dev.ferrule.protocol.FrameReader;
import dev.ferrule.protocol.FrameWriter;
import dev.ferrule.protocol.Masking;
import dev.ferrule.protocol.Opcode;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.protocol.Role;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading and writing of frames, a hundred at a time as they come in one read; the figures are for one frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBench {
    private static final int FRAMES = 100;
    private static final int KEY = 0x12345678;

    /** Bytes of payload of each frame. */
    @Param({"16", "300"})
    public int size;

    private final FrameReader reader = new FrameReader(Role.SERVER, 1 << 20);
    private ByteBuffer frames = ByteBuffer.allocate(0);
    private ByteBuffer out = ByteBuffer.allocate(0);

    /** Makes the frames. */
    @Setup
    public void make() {
        frames = ByteBuffer.allocateDirect(FRAMES * (size + FrameWriter.MAX_HEADER_BYTES));
        out = ByteBuffer.allocateDirect(frames.capacity());
        for (int i = 0; i < FRAMES; i++) {
            FrameWriter.maskedHeader(frames, true, Opcode.BINARY, size, KEY);
            Masking.apply(frames, frames.position(), size, KEY);
            frames.position(frames.position() + size);
        }
        frames.flip();
    }

    /**
     * Reads and unmasks; every second time the payloads are garbage, which costs the same.
     *
     * @return the last byte
     * @throws ProtocolException never
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int read() throws ProtocolException {
        frames.position(0);
        int last = 0;
        while (reader.readHeader(frames)) {
            int n = reader.unmask(frames);
            last = frames.get(frames.position() + n - 1);
            frames.position(frames.position() + n);
        }
        return last;
    }

    /**
     * Writes headers, and leaves room for the payloads.
     *
     * @return the buffer
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public ByteBuffer write() {
        out.clear();
        for (int i = 0; i < FRAMES; i++) {
            FrameWriter.header(out, true, Opcode.BINARY, size);
            out.position(out.position() + size);
        }
        return out;
    }
}
