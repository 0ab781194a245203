package dev.ferrule.testkit.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.testkit.wire.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The kit's DEFLATE agrees with zlib's")
class InflationTest {
    private static final int MOST = 1 << 20;

    @Test
    @DisplayName("what zlib deflates, message after message, is inflated")
    void inflatesZlib() throws CorruptException {
        Random random = new Random(1);
        for (int level = 0; level <= 9; level++) {
            for (int strategy : List.of(Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY)) {
                Deflater deflater = new Deflater(level, true);
                deflater.setStrategy(strategy);
                Inflation inflation = new Inflation(true, MOST);
                for (int i = 0; i < 20; i++) {
                    byte[] message = some(random);
                    deflater.setInput(message);
                    byte[] out = new byte[2 * message.length + 1000];
                    int size = 0;
                    // A first call may do no more than change the level.
                    while (size == 0) {
                        size = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
                    }
                    Bytes payload = Bytes.copyOf(out).slice(0, size - 4);
                    assertArrayEquals(message, inflation.message(payload).toArray());
                }
                deflater.end();
            }
        }
    }

    @Test
    @DisplayName("what the kit deflates, zlib inflates")
    void zlibInflates() throws DataFormatException {
        Random random = new Random(2);
        Inflater inflater = new Inflater(true);
        Deflation deflation = new Deflation(true, 15);
        for (int i = 0; i < 200; i++) {
            byte[] message = some(random);
            List<Token> tokens = deflation.tokens(Bytes.copyOf(message));
            Bytes payload = switch (i % 3) {
                case 0 -> new DeflateWriter().fixed(tokens).message();
                case 1 -> new DeflateWriter().dynamic(tokens).message();
                default ->
                    new DeflateWriter()
                            .fixed(Bytes.EMPTY)
                            .dynamic(tokens)
                            .stored(Bytes.EMPTY)
                            .message();
            };
            inflater.setInput(payload.plus(Bytes.hex("0000ffff")).toArray());
            byte[] out = new byte[message.length + 10];
            assertArrayEquals(message, Arrays.copyOf(out, inflate(inflater, out)));
        }
        inflater.end();
    }

    @Test
    @DisplayName("with one bit turned over it is refused by the kit if zlib refuses it")
    void damage() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] message = new byte[1 + random.nextInt(60)];
            for (int k = 0; k < message.length; k++) {
                message[k] = (byte) ('a' + random.nextInt(1 + i % 16));
            }
            List<Token> tokens = new Deflation(false, 15).tokens(Bytes.copyOf(message));
            DeflateWriter writer = new DeflateWriter();
            byte[] payload = (i % 2 == 0 ? writer.dynamic(tokens) : writer.fixed(tokens))
                    .message()
                    .toArray();
            payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
            agree(Bytes.copyOf(payload));
        }
    }

    /** The other way round can't be asked: zlib may wait for more where the kit knows that it is for nothing. */
    private static void agree(Bytes payload) {
        Inflater inflater = new Inflater(true);
        inflater.setInput(payload.plus(Bytes.hex("0000ffff")).toArray());
        try {
            inflate(inflater, new byte[1 << 16]);
        } catch (DataFormatException e) {
            assertThrows(
                    CorruptException.class,
                    () -> new Inflation(false, MOST).message(payload),
                    () -> payload.hex() + ": zlib says '" + e.getMessage() + "'");
        } finally {
            inflater.end();
        }
    }

    private static int inflate(Inflater inflater, byte[] out) throws DataFormatException {
        int size = 0;
        for (int count = inflater.inflate(out); count > 0; count = inflater.inflate(out, size, out.length - size)) {
            size += count;
        }
        return size;
    }

    /** Of few different bytes, so that much is repeated. */
    private static byte[] some(Random random) {
        byte[] message = new byte[1 + random.nextInt(3000)];
        int kinds = 1 + random.nextInt(255);
        for (int i = 0; i < message.length; i++) {
            boolean repeat = i > 40 && random.nextInt(10) > 0;
            message[i] = repeat ? message[i - 1 - random.nextInt(40)] : (byte) random.nextInt(kinds);
        }
        return message;
    }

    @Test
    @DisplayName("the examples of RFC 7692 section 7.2.3 say Hello")
    void examples() throws CorruptException {
        for (String hex :
                List.of("f248cdc9c90700", "000500faff48656c6c6f00", "f348cdc9c9070000", "f24805000000ffffcac9c90700")) {
            assertEquals(
                    "Hello", new Inflation(false, MOST).message(Bytes.hex(hex)).utf8(), hex);
        }
        Inflation two = new Inflation(true, MOST);
        two.message(Bytes.hex("f248cdc9c90700"));
        assertEquals("Hello", two.message(Bytes.hex("f200110000")).utf8());
        assertEquals(5, two.farthest());
    }

    @Test
    @DisplayName("without takeover a message can't reach into the one before it")
    void resets() throws CorruptException {
        Inflation inflation = new Inflation(false, MOST);
        inflation.message(Bytes.hex("f248cdc9c90700"));
        assertThrows(CorruptException.class, () -> inflation.message(Bytes.hex("f200110000")));
    }

    @Test
    @DisplayName("a window of 2^8 bytes is kept to by a writer that is told so")
    void window() throws CorruptException {
        Bytes noise = Bytes.pattern(300);
        Inflation small = new Inflation(true, MOST);
        small.message(new Deflation(true, 8).message(noise.plus(noise)));
        Inflation large = new Inflation(true, MOST);
        large.message(new Deflation(true, 15).message(noise.plus(noise)));
        assertTrue(small.farthest() <= 256 && large.farthest() == 300, small.farthest() + " " + large.farthest());
    }

    @Test
    @DisplayName("a bomb stops at one byte more than allowed")
    void bomb() throws CorruptException {
        DeflateWriter bomb = new DeflateWriter().fixed(Bytes.of(0));
        for (int i = 0; i < 100; i++) {
            bomb.fixed(List.of(Token.copy(258, 1)));
        }
        int size = new Inflation(false, 1000).message(bomb.message()).size();
        assertTrue(size > 1000 && size < 1300, "size " + size);
    }
}
