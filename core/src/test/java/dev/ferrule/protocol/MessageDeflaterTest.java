package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Inflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** 7692-7.2.1: what a sender makes of messages, read by the JDK and by {@link Distances}. */
class MessageDeflaterTest {
    @Property(tries = 80)
    @Label(
            "7692-7.1.2, 7692-7.2.1-1: any messages come back, within the window, whether or not the context is taken over")
    void roundTrip(
            @ForAll @Size(min = 1, max = 6) List<@From("messages") byte[]> messages,
            @ForAll @IntRange(min = 8, max = 15) int windowBits,
            @ForAll @IntRange(min = 1, max = 9) int level,
            @ForAll boolean takeover)
            throws Exception {
        SlidingWindow sent = takeover ? new SlidingWindow(MessageDeflater.KEPT_BYTES) : null;
        SlidingWindow received = takeover ? new SlidingWindow(1 << windowBits) : null;
        Inflater oracle = new Inflater(true);
        try (MessageDeflater deflater = new MessageDeflater(level);
                MessageInflater inflater = new MessageInflater()) {
            for (byte[] message : messages) {
                ByteBuffer compressed = deflater.deflate(ByteBuffer.wrap(message), windowBits, sent);
                if (compressed != null) {
                    byte[] bytes = bytes(compressed);
                    assertTrue(bytes.length > 0 && bytes.length <= message.length - message.length / 8);
                    assertArrayEquals(message, inflate(inflater, received, bytes));
                    assertArrayEquals(message, inflate(oracle, bytes, takeover));
                    if (!takeover) {
                        assertTrue(Distances.largest(bytes, message) <= 1 << windowBits);
                    }
                }
            }
        }
        oracle.end();
    }

    @Provide
    Arbitrary<byte[]> messages() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.of(0, 1, 3, 100, 1000, 5000, 40_000, 70_000),
                        Arbitraries.of(1, 2, 30, 700, 5000, 20_000, 33_000),
                        Arbitraries.of(2, 20, 256))
                .as(MessageDeflaterTest::message);
    }

    /** Random bytes of an alphabet, with repetitions from so far back. */
    private static byte[] message(long seed, int length, int back, int alphabet) {
        Random random = new Random(seed);
        byte[] message = new byte[length];
        for (int i = 0; i < length; ) {
            int run = Math.min(length - i, 1 + random.nextInt(40));
            boolean repeat = i >= back && random.nextInt(4) > 0;
            for (int j = 0; j < run; j++, i++) {
                message[i] = repeat ? message[i - back] : (byte) random.nextInt(alphabet);
            }
        }
        return message;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    private static byte[] inflate(MessageInflater inflater, @Nullable SlidingWindow window, byte[] compressed)
            throws ProtocolException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] out = new byte[1000];
        inflater.begin(window);
        inflater.input(ByteBuffer.wrap(compressed));
        for (int i = 0; i < 2; i++) {
            for (int n = inflater.inflate(out, 0, 1000); n > 0; n = inflater.inflate(out, 0, 1000)) {
                message.write(out, 0, n);
            }
            inflater.end();
        }
        return message.toByteArray();
    }

    private static byte[] inflate(Inflater oracle, byte[] compressed, boolean takeover) throws Exception {
        if (!takeover) {
            oracle.reset();
        }
        byte[] whole = Arrays.copyOf(compressed, compressed.length + 4);
        Arrays.fill(whole, compressed.length + 2, whole.length, (byte) 0xFF);
        oracle.setInput(whole);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] out = new byte[1000];
        for (int n = oracle.inflate(out); n > 0; n = oracle.inflate(out)) {
            message.write(out, 0, n);
        }
        assertTrue(oracle.needsInput() && !oracle.finished());
        return message.toByteArray();
    }

    @Test
    @DisplayName("what is not at least an eighth smaller goes as it is, and is found out early")
    void poorRatio() {
        try (MessageDeflater deflater = new MessageDeflater(6)) {
            byte[] random = new byte[1 << 20];
            new Random(1).nextBytes(random);
            assertNull(deflater.deflate(ByteBuffer.wrap(random), 15, null));
            assertNull(deflater.deflate(ByteBuffer.wrap(random, 0, 2000), 15, null));
            assertNull(deflater.deflate(ByteBuffer.wrap(random, 0, 2000), 9, null));
            assertNull(deflater.deflate(ByteBuffer.allocate(0), 15, null));
            assertNull(deflater.deflate(ByteBuffer.allocate(1), 15, null));
            // Half of it random: an eighth is saved.
            Arrays.fill(random, 0, 3000, (byte) 'x');
            assertNotNull(deflater.deflate(ByteBuffer.wrap(random, 0, 6000), 15, null));
        }
    }

    @Test
    @DisplayName("6455-6.1: a message that goes as it is leaves no trace in the context")
    void uncompressedBetween() throws Exception {
        byte[] random = new byte[5000];
        new Random(2).nextBytes(random);
        byte[] repeated = "the same again and again ".repeat(50).getBytes(StandardCharsets.UTF_8);
        SlidingWindow sent = new SlidingWindow(MessageDeflater.KEPT_BYTES);
        SlidingWindow received = new SlidingWindow(1 << 15);
        List<Integer> sizes = new ArrayList<>();
        try (MessageDeflater deflater = new MessageDeflater(6);
                MessageInflater inflater = new MessageInflater()) {
            for (int i = 0; i < 5; i++) {
                assertNull(deflater.deflate(ByteBuffer.wrap(random), 15, sent));
                ByteBuffer compressed = deflater.deflate(ByteBuffer.wrap(repeated), 15, sent);
                assertNotNull(compressed);
                sizes.add(compressed.remaining());
                assertArrayEquals(repeated, inflate(inflater, received, bytes(compressed)));
            }
        }
        assertTrue(sizes.get(1) < sizes.get(0), sizes.toString());
    }

    @Test
    @DisplayName("TX-4: the buffer of a message is left as it is, whatever kind it is of")
    void buffers() throws Exception {
        byte[] message = "a message ".repeat(500).getBytes(StandardCharsets.UTF_8);
        ByteBuffer direct = ByteBuffer.allocateDirect(message.length + 10);
        direct.position(5).put(message).position(5).limit(5 + message.length);
        ByteBuffer odd = ByteBuffer.wrap(message).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        try (MessageDeflater deflater = new MessageDeflater(6);
                MessageInflater inflater = new MessageInflater()) {
            for (ByteBuffer buffer : List.of(direct, odd)) {
                for (int bits : new int[] {8, 10, 15}) {
                    int position = buffer.position();
                    ByteBuffer compressed = deflater.deflate(buffer, bits, new SlidingWindow(100));
                    assertNotNull(compressed);
                    assertEquals(position, buffer.position());
                    assertEquals(position + message.length, buffer.limit());
                    assertArrayEquals(message, inflate(inflater, null, bytes(compressed)));
                }
            }
        }
    }
}
