package dev.ferrule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The table of limits: the same on every adapter, and none of them without an end. */
class LimitsTest {
    /** Those that don't bound what a connection costs: zero means off. */
    private static final Set<String> OFF =
            Set.of("idleTimeout", "messagesPerSecond", "bytesPerSecond", "connectionsPerAddress");

    @Test
    @DisplayName("the defaults are those of the contract")
    void defaults() throws Exception {
        Map<String, Object> expected = new TreeMap<>(Map.ofEntries(
                Map.entry("messageBytes", 65536),
                Map.entry("frameBytes", 65536),
                Map.entry("fragments", 1024),
                Map.entry("queueMessages", 1024),
                Map.entry("queueBytes", 1L << 20),
                Map.entry("handshakeTimeout", Duration.ofSeconds(10)),
                Map.entry("closeTimeout", Duration.ofSeconds(5)),
                Map.entry("writeTimeout", Duration.ofSeconds(10)),
                Map.entry("heartbeatInterval", Duration.ofSeconds(25)),
                Map.entry("heartbeatTimeout", Duration.ofSeconds(10)),
                Map.entry("requestHeadBytes", 16384),
                Map.entry("requestHeadFields", 100),
                Map.entry("controlFramesPerSecond", 50),
                Map.entry("controlFrameBurst", 300),
                Map.entry("connections", 10_000),
                Map.entry("idleTimeout", Duration.ZERO),
                Map.entry("messagesPerSecond", 0),
                Map.entry("bytesPerSecond", 0L),
                Map.entry("connectionsPerAddress", 0)));
        Map<String, Object> actual = new TreeMap<>();
        for (RecordComponent component : Limits.class.getRecordComponents()) {
            actual.put(component.getName(), component.getAccessor().invoke(Limits.DEFAULTS));
        }
        assertEquals(expected, actual);
        assertEquals(Limits.DEFAULTS, Limits.builder().build());
    }

    @Test
    @DisplayName("no default is unlimited, whatever limits there will be, but for those that are off")
    void noneUnlimited() throws Exception {
        for (RecordComponent component : Limits.class.getRecordComponents()) {
            Object value = component.getAccessor().invoke(Limits.DEFAULTS);
            if (OFF.contains(component.getName())) {
                continue;
            }
            long size = value instanceof Duration time ? time.toSeconds() : ((Number) value).longValue();
            assertTrue(size > 0 && size <= 16 << 20, component.getName());
        }
    }

    @Test
    @DisplayName("a limit that is not positive is refused with its name, and the builder sets each")
    void positive() throws Exception {
        for (RecordComponent component : Limits.class.getRecordComponents()) {
            var setter = Limits.Builder.class.getMethod(component.getName(), component.getType());
            Object seven = value(component.getType(), 7);
            Limits limits = ((Limits.Builder) setter.invoke(Limits.builder(), seven)).build();
            assertEquals(seven, component.getAccessor().invoke(limits));
            assertTrue(!limits.equals(Limits.DEFAULTS));
            for (int wrong : OFF.contains(component.getName()) ? new int[] {-1} : new int[] {0, -1}) {
                Limits.Builder builder = (Limits.Builder) set(setter, value(component.getType(), wrong));
                IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);
                assertTrue(e.getMessage().contains(component.getName()), e.getMessage());
            }
        }
    }

    private static Object set(Method setter, Object value) throws InvocationTargetException, IllegalAccessException {
        return setter.invoke(Limits.builder(), value);
    }

    private static Object value(Class<?> type, int value) {
        return type == Duration.class
                ? Duration.ofMillis(value)
                : type == long.class ? (Object) (long) value : (Object) value;
    }
}
