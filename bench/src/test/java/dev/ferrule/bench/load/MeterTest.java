package dev.ferrule.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.bench.server.Control;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MeterTest {
    @Test
    @DisplayName("Fields of the answer are numbers by name")
    void parse() throws IOException {
        assertEquals(Map.of("alloc", 12L, "heap", 3L), Meter.parse("alloc=12 heap=3"));
        assertThrows(IOException.class, () -> Meter.parse(""));
        assertThrows(IOException.class, () -> Meter.parse("alloc"));
    }

    @Test
    @DisplayName("The control port says what this JVM has allocated, and what was counted")
    void control() throws IOException {
        Meter meter = new Meter(ProcessHandle.current(), Control.start(0, () -> 42));
        Usage before = meter.read();
        byte[][] kept = new byte[64][1 << 14];
        Usage after = meter.readCollected();
        assertTrue(after.allocated() - before.allocated() >= (long) kept.length << 14);
        assertEquals(42, after.messages());
        assertTrue(after.heap() > 0);
        assertTrue(meter.cpuNanos() > 0);
    }
}
