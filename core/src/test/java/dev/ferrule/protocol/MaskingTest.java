package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MaskingTest {
    private static final int[] KEYS = {0, 1, -1, 0x80000000, 0x01020304, 0xA15B00FF, 0x00FF00FF};

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** 5.3: octet i of the transformed data is octet i XOR octet i mod 4 of the key. */
    private static byte[] naive(byte[] all, int from, int length, int key) {
        byte[] result = all.clone();
        byte[] octets = {(byte) (key >> 24), (byte) (key >> 16), (byte) (key >> 8), (byte) key};
        for (int i = 0; i < length; i++) {
            result[from + i] = (byte) (result[from + i] ^ octets[i % 4]);
        }
        return result;
    }

    @Test
    @DisplayName("5.3: as the loop over bytes does it, for all offsets, lengths 0 to 40 and kinds of buffers")
    void againstNaive() {
        List<IntFunction<ByteBuffer>> kinds = List.of(
                ByteBuffer::allocate,
                ByteBuffer::allocateDirect,
                size -> ByteBuffer.allocate(size + 5).position(3).slice().limit(size),
                size -> ByteBuffer.allocateDirect(size + 5).position(3).slice().limit(size),
                size -> ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN),
                size -> ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN));
        for (IntFunction<ByteBuffer> kind : kinds) {
            for (int from = 0; from <= 9; from++) {
                for (int length = 0; length <= 40; length++) {
                    for (int key : KEYS) {
                        byte[] before = bytes(52);
                        ByteBuffer buffer = kind.apply(52);
                        buffer.put(0, before).position(2).limit(51);
                        ByteOrder order = buffer.order();
                        Masking.apply(buffer, from, length, key);
                        byte[] after = new byte[51];
                        buffer.get(0, after);
                        assertArrayEquals(naive(Arrays.copyOf(before, 51), from, length, key), after);
                        assertEquals(2, buffer.position());
                        assertEquals(51, buffer.limit());
                        assertEquals(order, buffer.order());
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("5.3: arrays, at all offsets and lengths 0 to 40")
    void arrays() {
        for (int from = 0; from <= 9; from++) {
            for (int length = 0; length <= 40; length++) {
                for (int key : KEYS) {
                    byte[] before = bytes(52);
                    byte[] after = before.clone();
                    Masking.apply(after, from, length, key);
                    assertArrayEquals(naive(before, from, length, key), after);
                }
            }
        }
    }

    @Property(tries = 300)
    @Label("6455-5.3-1: masked in pieces with an advancing key, it is the same as masked at once")
    void pieces(@ForAll int key, @ForAll @Size(max = 10) List<@IntRange(max = 30) Integer> pieces) {
        int total = pieces.stream().mapToInt(Integer::intValue).sum();
        byte[] whole = bytes(total);
        byte[] cut = whole.clone();
        Masking.apply(whole, 0, total, key);
        int from = 0;
        int turned = key;
        for (int piece : pieces) {
            Masking.apply(cut, from, piece, turned);
            turned = Masking.advance(turned, piece);
            from += piece;
        }
        assertArrayEquals(whole, cut);
    }

    @Property(tries = 100)
    @Label("5.3: doing it twice restores the payload")
    void twice(@ForAll int key, @ForAll byte[] payload) {
        byte[] copy = payload.clone();
        Masking.apply(copy, 0, copy.length, key);
        Masking.apply(copy, 0, copy.length, key);
        assertArrayEquals(payload, copy);
    }
}
