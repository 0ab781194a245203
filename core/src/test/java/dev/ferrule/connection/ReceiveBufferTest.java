package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReceiveBufferTest {
    private static ReceiveBuffer read(int number) {
        ReceiveBuffer buffer = new ReceiveBuffer();
        buffer.room().putInt(number);
        buffer.filled();
        return buffer;
    }

    @Test
    @DisplayName("what many connections have read waits for its threads in buffers of its size, and is the same")
    void manyOnTheWay() {
        List<ReceiveBuffer> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ReceiveBuffer buffer = read(i);
            buffer.handOver();
            all.add(buffer);
        }
        long whole = all.stream()
                .filter(buffer -> buffer.bytes().capacity() == Buffers.READ_BYTES)
                .count();
        assertTrue(whole <= 64, whole + " keep a whole buffer");
        for (int i = 0; i < all.size(); i++) {
            ReceiveBuffer buffer = all.get(i);
            buffer.arrived();
            assertEquals(4, buffer.unseen());
            assertEquals(i, buffer.bytes().getInt(buffer.bytes().position()));
            buffer.release();
            assertFalse(buffer.any());
        }
        ReceiveBuffer next = read(1);
        next.handOver();
        ByteBuffer bytes = next.bytes();
        next.release();
        assertEquals(Buffers.READ_BYTES, bytes.capacity(), "those that have arrived count no more");
    }
}
