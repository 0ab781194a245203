package dev.ferrule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The options of permessage-deflate. */
class DeflateTest {
    @Test
    @DisplayName("the defaults: no context takeover, messages from 1 KiB on, at most 100 times the compressed length")
    void defaults() {
        assertEquals(new Deflate(6, 1024, false, 100), Deflate.DEFAULTS);
        assertEquals(
                new Deflate(1, 0, true, 10),
                Deflate.DEFAULTS.level(1).threshold(0).withContextTakeover().maxRatio(10));
    }

    @Test
    @DisplayName("it is off unless it is asked for")
    void off() {
        assertEquals(null, new ServerBuilder().options().deflate());
        assertEquals(
                Deflate.DEFAULTS,
                new ServerBuilder().deflate(Deflate.DEFAULTS).options().deflate());
    }

    @Test
    @DisplayName("what makes no sense is refused with its name")
    void refused() {
        refused("level", () -> Deflate.DEFAULTS.level(0));
        refused("level", () -> Deflate.DEFAULTS.level(10));
        refused("threshold", () -> Deflate.DEFAULTS.threshold(-1));
        refused("maxRatio", () -> Deflate.DEFAULTS.maxRatio(0));
    }

    private static void refused(String name, Runnable wrong) {
        String message =
                assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
        assertTrue(message.contains(name), message);
    }
}
