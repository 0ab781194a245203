package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.BitSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseCodeTest {
    private static BitSet codes(int... codes) {
        BitSet set = new BitSet();
        for (int code : codes) {
            set.set(code);
        }
        set.set(3000, 5000);
        return set;
    }

    private static BitSet thoseThat(Predicate<CloseCode> predicate) {
        BitSet set = new BitSet();
        for (int value = 0; value <= 0xFFFF; value++) {
            set.set(value, predicate.test(CloseCode.of(value)));
        }
        return set;
    }

    @Test
    @DisplayName("6455-7.4.2-1: of all 65,536 codes, exactly these may be received")
    void receivable() {
        assertEquals(
                codes(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014),
                thoseThat(CloseCode::receivable));
    }

    @Test
    @DisplayName("CL-2: of all 65,536 codes, exactly these may be sent by an application")
    void sendable() {
        assertEquals(
                codes(1000, 1001, 1003, 1007, 1008, 1009, 1010, 1011), thoseThat(code -> code.sendable(Role.CLIENT)));
        assertEquals(
                codes(1000, 1001, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014),
                thoseThat(code -> code.sendable(Role.SERVER)));
    }

    @ParameterizedTest
    @CsvSource({
        "1000,NORMAL_CLOSURE",
        "1001,GOING_AWAY",
        "1002,PROTOCOL_ERROR",
        "1003,UNSUPPORTED_DATA",
        "1004,RESERVED",
        "1005,NO_STATUS_RECEIVED",
        "1006,ABNORMAL_CLOSURE",
        "1007,INVALID_FRAME_PAYLOAD_DATA",
        "1008,POLICY_VIOLATION",
        "1009,MESSAGE_TOO_BIG",
        "1010,MANDATORY_EXTENSION",
        "1011,INTERNAL_ERROR",
        "1012,SERVICE_RESTART",
        "1013,TRY_AGAIN_LATER",
        "1014,BAD_GATEWAY",
        "1015,TLS_HANDSHAKE",
        "0,UNASSIGNED",
        "999,UNASSIGNED",
        "1016,UNASSIGNED",
        "2999,UNASSIGNED",
        "3000,APPLICATION",
        "4999,APPLICATION",
        "5000,UNASSIGNED",
        "65535,UNASSIGNED"
    })
    @DisplayName("the names are those of the IANA registry of 2026-06-10")
    void names(int value, String name) {
        assertEquals(name, CloseCode.of(value).name());
        assertEquals(value + " " + name, CloseCode.of(value).toString());
    }

    @Test
    @DisplayName("each code has its own value, and equals only itself")
    void values() {
        for (int value = 0; value <= 0xFFFF; value++) {
            assertEquals(value, CloseCode.of(value).value());
            assertEquals(CloseCode.of(value), CloseCode.of(value));
        }
        assertEquals(CloseCode.GOING_AWAY, CloseCode.of(1001));
        assertEquals(CloseCode.of(4000).hashCode(), CloseCode.of(4000).hashCode());
        assertNotEquals(CloseCode.of(4000), CloseCode.of(4001));
        assertNotEquals(CloseCode.of(4000), new Object());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536, Integer.MIN_VALUE, Integer.MAX_VALUE})
    @DisplayName("a code has two bytes")
    void outOfRange(int value) {
        assertThrows(IllegalArgumentException.class, () -> CloseCode.of(value));
    }
}
