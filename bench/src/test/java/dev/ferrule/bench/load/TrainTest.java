package dev.ferrule.bench.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrainTest {
    private static final byte[] PAYLOAD = {1, 2, 3, 4, 5};
    /** Key 9d4e1b72. */
    private static final String FRAME = "81859d4e1b729c4c187698";

    private static byte[] take(ByteBuffer bytes) {
        byte[] taken = new byte[bytes.remaining()];
        bytes.get(taken);
        return taken;
    }

    @Test
    @DisplayName("Frames are masked, and stand in a row")
    void row() {
        Train train = new Train(PAYLOAD, true, 3);
        assertEquals(11, train.messageBytes());
        assertArrayEquals(Bytes.hex(FRAME + FRAME + FRAME), take(train.from(0, 33)));
        assertArrayEquals(Bytes.hex(FRAME + FRAME + FRAME), take(train.from(0, 1000)));
    }

    @Test
    @DisplayName("What couldn't be written goes on within a message")
    void within() {
        Train train = new Train(PAYLOAD, true, 2);
        assertArrayEquals(Bytes.hex("7698" + FRAME), take(train.from(9, 40)));
        assertArrayEquals(Bytes.hex("7698"), take(train.from(9, 2)));
    }

    @Test
    @DisplayName("Longer payloads have the longer forms of the length, and fewer frames make a row")
    void longer() {
        assertEquals(126 + 8, new Train(new byte[126], false, 1).messageBytes());
        Train large = new Train(new byte[1 << 20], false, 64);
        assertEquals((1 << 20) + 14, large.messageBytes());
        assertEquals(
                15 * large.messageBytes(), large.from(0, Long.MAX_VALUE >> 1).remaining());
    }
}
