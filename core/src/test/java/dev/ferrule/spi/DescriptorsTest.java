package dev.ferrule.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a server leaves to others of the descriptors of its process. */
class DescriptorsTest {
    private static int of(String soft, long open) {
        return Descriptors.forConnections(
                List.of(
                        "Limit                     Soft Limit           Hard Limit           Units     ",
                        "Max cpu time              unlimited            unlimited            seconds   ",
                        "Max open files            " + soft + "                 524288               files     "),
                open);
    }

    @Test
    @DisplayName("connections get what is not open yet, but for 64")
    void left() {
        assertEquals(1024 - 30 - 64, of("1024", 30));
    }

    @Test
    @DisplayName("one connection there may always be")
    void one() {
        assertEquals(1, of("64", 30));
    }

    @Test
    @DisplayName("no limit is none")
    void none() {
        assertEquals(Integer.MAX_VALUE, of("unlimited", 30));
        assertEquals(Integer.MAX_VALUE, Descriptors.forConnections(List.of(), 30));
        assertEquals(Integer.MAX_VALUE, of("9999999999", 30));
    }
}
