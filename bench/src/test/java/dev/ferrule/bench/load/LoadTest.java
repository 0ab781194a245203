package dev.ferrule.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.bench.server.Control;
import dev.ferrule.bench.server.Servers;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {
    private static final int LONGEST = 300_000;
    private static final Window SHORT = new Window(0, 1, 0);

    private static int control;

    @BeforeAll
    static void startControl() throws IOException {
        control = Control.start(0, () -> 0);
    }

    private static Load load(int port) {
        return new Load(port, new Meter(ProcessHandle.current(), control));
    }

    private static Load load(String server) throws Exception {
        return load(Servers.named(server).listen(0, LONGEST));
    }

    @TestFactory
    @DisplayName("Every server echoes text and binary, tells everybody, and closes with 1000")
    Stream<DynamicTest> servers() {
        return Servers.names().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Load load = load(name);
                    for (Payload payload : Payload.values()) {
                        load.echo("/echo", 2, new Traffic(payload, 16, 3), SHORT);
                        load.echo("/echo", 2, new Traffic(payload, 70_000, 2), SHORT);
                    }
                    load.broadcast("/broadcast", 5, new Traffic(Payload.TEXT, 128, 2), SHORT);
                    load.handshakes("/echo", 3, SHORT);
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ferrule-undertow", "ferrule-jetty", "undertow", "jetty-api"})
    @DisplayName("Compressed messages come back from the servers that compress")
    void deflated(String server) throws Exception {
        Load load = load(server);
        for (int size : new int[] {0, 4096}) {
            assertEquals(3, load.deflated("/echo", 2, false, size).size());
            assertEquals(3, load.deflated("/echo", 2, true, size).size());
        }
    }

    @Test
    @DisplayName("A server that doesn't compress is not measured with compression")
    void notDeflated() throws Exception {
        Load load = load("nio");
        assertThrows(IOException.class, () -> load.deflated("/echo", 1, false, 0));
    }

    @ParameterizedTest
    @CsvSource({"nio,T,1", "nio,U,126", "nio,B,65535", "nio,B,65536", "nio-each,T,300000", "nio-each,U,125"})
    @DisplayName("A run of echoes gives all figures")
    void echo(String server, char letter, int size) throws Exception {
        Map<Figure, Double> figures = load(server).echo("/echo", 3, new Traffic(Payload.of(letter), size, 4), SHORT);
        assertTrue(figures.get(Figure.RATE) > 0);
        assertTrue(figures.get(Figure.P50) > 0);
        assertTrue(figures.get(Figure.P50) <= figures.get(Figure.P99));
        assertTrue(figures.get(Figure.P99) <= figures.get(Figure.P999));
        assertTrue(figures.get(Figure.CPU) >= 0);
        assertTrue(figures.get(Figure.ALLOCATED) > 0);
    }

    @Test
    @DisplayName("Idle connections are held and closed")
    void idle() throws Exception {
        Map<Figure, Double> figures = load("nio").idle("/echo", 300, SHORT);
        assertTrue(figures.containsKey(Figure.HEAP) && figures.containsKey(Figure.RESIDENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"810568656c6c6f", "820568656c6c6f", "810468656c6c", "8800"})
    @DisplayName("A run fails if an echo is not what was sent")
    void wrongEcho(String reply) throws Exception {
        try (LyingServer server = new LyingServer(Bytes.hex(reply))) {
            Load load = load(server.port());
            assertThrows(LoadException.class, () -> load.echo("/echo", 1, new Traffic(Payload.TEXT, 5, 1), SHORT));
        }
    }

    @Test
    @DisplayName("A run fails if there are more echoes than messages")
    void echoOfNothing() throws Exception {
        byte[] payload = Payload.TEXT.bytes(5);
        byte[] reply = new byte[14];
        for (int i = 0; i < 2; i++) {
            reply[7 * i] = (byte) 0x81;
            reply[7 * i + 1] = 5;
            System.arraycopy(payload, 0, reply, 7 * i + 2, 5);
        }
        try (LyingServer server = new LyingServer(reply)) {
            Load load = load(server.port());
            LoadException failed = assertThrows(
                    LoadException.class, () -> load.echo("/echo", 1, new Traffic(Payload.TEXT, 5, 1), SHORT));
            assertEquals("an echo of nothing came on connection 0", failed.getMessage());
        }
    }

    @Test
    @DisplayName("A run fails if nobody is there")
    void nobody() throws Exception {
        int port;
        try (LyingServer server = new LyingServer(new byte[0])) {
            port = server.port();
        }
        assertThrows(IOException.class, () -> load(port).handshakes("/echo", 1, SHORT));
    }
}
