package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However the bytes are cut, frames and errors are the same, and errors are, too. */
class FrameReaderCutsTest {
    private static final long LIMIT = 70_000;

    @Property(tries = 300)
    @Label("6455-5.3-1: any cuts of valid frames give the same frames")
    void cuts(@ForAll("frames") List<byte[]> frames, @ForAll @Size(max = 12) List<@IntRange(max = 1000) Integer> cuts) {
        byte[] all = Reading.join(frames.toArray(byte[][]::new));
        List<String> whole = Reading.of(Role.SERVER, LIMIT, all);
        assertEquals(frames.size(), whole.size());
        assertEquals(whole, Reading.of(Role.SERVER, LIMIT, cut(all, cuts)));
    }

    @Property(tries = 1000)
    @Label("any bytes, in any cuts: the same frames, and the same error")
    void anyBytes(
            @ForAll("headers") List<byte[]> parts, @ForAll @Size(max = 8) List<@IntRange(max = 60) Integer> cuts) {
        byte[] all = Reading.join(parts.toArray(byte[][]::new));
        assertEquals(
                codes(Reading.of(Role.SERVER, LIMIT, bytewise(all))),
                codes(Reading.of(Role.SERVER, LIMIT, cut(all, cuts))));
    }

    @Provide
    Arbitrary<List<byte[]>> frames() {
        Arbitrary<byte[]> payload = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        return Combinators.combine(Arbitraries.of(0x81, 0x82, 0x89, 0x8A), payload)
                .as((first, bytes) -> Reading.frame(
                        first, true, first >= 0x89 ? Arrays.copyOf(bytes, Math.min(bytes.length, 125)) : bytes))
                .list()
                .ofMaxSize(8);
    }

    /** Headers of which most are wrong, each with a few bytes behind it. */
    @Provide
    Arbitrary<List<byte[]>> headers() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(9, Arbitraries.of(0x81, 0x82, 0x01, 0x00, 0x80, 0x89)),
                                Tuple.of(1, Arbitraries.integers().between(0, 255))),
                        Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)),
                        Arbitraries.of(0, 0, 0, 0, 126, 127),
                        Arbitraries.of(0L, 1L, 7L, 125L, 126L, 65536L, Long.MIN_VALUE))
                .as((first, masked, form, length) -> Reading.join(
                        Reading.header(first, masked, form, form == 0 ? length & 7 : length),
                        new byte[(int) (length & 7)]))
                .list()
                .ofMaxSize(6);
    }

    /** Where the reader stands after an error is of no interest; that it comes early enough is for FrameReaderTest. */
    private static List<String> codes(List<String> lines) {
        return lines.stream().map(line -> line.replaceFirst(" at byte .*", "")).toList();
    }

    private static byte[][] bytewise(byte[] all) {
        byte[][] single = new byte[all.length][];
        for (int i = 0; i < all.length; i++) {
            single[i] = new byte[] {all[i]};
        }
        return single;
    }

    private static byte[][] cut(byte[] all, List<Integer> cuts) {
        List<byte[]> segments = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
            int to = Math.min(all.length, from + cut);
            segments.add(Arrays.copyOfRange(all, from, to));
            from = to;
        }
        segments.add(Arrays.copyOfRange(all, from, all.length));
        return segments.toArray(byte[][]::new);
    }
}
