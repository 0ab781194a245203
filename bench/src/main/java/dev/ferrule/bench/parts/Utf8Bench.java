package dev.ferrule.bench.parts;

import dev.ferrule.protocol.Utf8;
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
import org.openjdk.jmh.annotations.Warmup;

/** Decoding, validating and encoding of texts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Utf8Bench {
    /** Bytes of the text, about. */
    @Param({"16", "1024", "65536"})
    public int size;

    /** What the text is made of. */
    @Param({"ascii", "latin", "mixed"})
    public String kind = "";

    private byte[] bytes = new byte[0];
    private String text = "";

    /** Makes the text. */
    @Setup
    public void make() {
        String unit = switch (kind) {
            case "ascii" -> "hello, world ";
            case "latin" -> "gr\u00fc\u00dfe, welt ";
            default -> "gr\u00fc\u00dfe \u4e16\u754c \ud83c\udf88 ";
        };
        StringBuilder builder = new StringBuilder();
        while (builder.length() < size) {
            builder.append(unit);
        }
        text = builder.substring(0, size - 1);
        bytes = text.getBytes(StandardCharsets.UTF_8);
        text = new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * A whole message.
     *
     * @return the text
     */
    @Benchmark
    public @Nullable String decode() {
        return Utf8.decode(bytes, 0, bytes.length);
    }

    /**
     * The check that a fragmented message gets.
     *
     * @return whether it is valid
     */
    @Benchmark
    public boolean validate() {
        return Utf8.valid(bytes, 0, bytes.length);
    }

    /**
     * A message to send.
     *
     * @return its bytes
     */
    @Benchmark
    public byte @Nullable [] encode() {
        return Utf8.encode(text);
    }
}
