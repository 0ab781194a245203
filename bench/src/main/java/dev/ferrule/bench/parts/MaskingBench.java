package dev.ferrule.bench.parts;

import dev.ferrule.protocol.Masking;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** Masking of a payload in place, a word at a time and, to compare with, a byte at a time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MaskingBench {
    private static final int KEY = 0x12345678;

    /** Bytes of payload. */
    @Param({"16", "1024", "65536"})
    public int size;

    private ByteBuffer direct = ByteBuffer.allocate(0);
    private byte[] array = new byte[0];

    /** Allocates the payload. */
    @Setup
    public void allocate() {
        direct = ByteBuffer.allocateDirect(size);
        array = new byte[size];
    }

    /**
     * A direct buffer, as connections read into.
     *
     * @return the buffer
     */
    @Benchmark
    public ByteBuffer direct() {
        Masking.apply(direct, 0, size, KEY);
        return direct;
    }

    /**
     * An array.
     *
     * @return the array
     */
    @Benchmark
    public byte[] array() {
        Masking.apply(array, 0, size, KEY);
        return array;
    }

    /**
     * What it costs without words.
     *
     * @return the array
     */
    @Benchmark
    public byte[] byteByByte() {
        for (int i = 0; i < array.length; i++) {
            array[i] ^= (byte) (KEY >>> (24 - ((i & 3) << 3)));
        }
        return array;
    }
}
