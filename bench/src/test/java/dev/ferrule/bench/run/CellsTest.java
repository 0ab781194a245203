package dev.ferrule.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.bench.load.Payload;
import dev.ferrule.bench.load.Traffic;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {
    @Test
    @DisplayName("A name says size, payload, connections and messages in flight")
    void echo() {
        assertEquals(new Cell.Echo(new Traffic(Payload.TEXT, 1024, 16), 64), Cells.cell("1K-T-64x16"));
        assertEquals(new Cell.Echo(new Traffic(Payload.BINARY, 1 << 20, 1), 16), Cells.cell("1M-B-16x1"));
        assertEquals(new Cell.Broadcast(new Traffic(Payload.TEXT, 128, 4), 1000), Cells.cell("broadcast-128-T-1000x4"));
        assertEquals(new Cell.Idle(10_000), Cells.cell("idle-10000"));
        assertEquals(new Cell.Handshakes(32), Cells.cell("handshake-32"));
        assertEquals(new Cell.Deflated(true, false, 1000), Cells.cell("takeover-idle-1000"));
        assertFalse(Cells.cell("client-16-T-1x1").ofServers());
    }

    @Test
    @DisplayName("All cells of all groups have the names by which they are asked for")
    void all() {
        List<Cell> cells = Cells.parse("all");
        assertTrue(cells.size() > 15);
        cells.forEach(cell -> assertEquals(cell, Cells.cell(cell.name())));
        assertEquals(cells.size(), cells.stream().map(Cell::name).distinct().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "16-X-64x1", "0-T-1x1", "16-T-0x1", "16-T-1x0", "9999999M-T-1x1", "idle-0"})
    @DisplayName("Other names are refused")
    void unknown(String name) {
        assertThrows(RuntimeException.class, () -> Cells.parse(name));
    }

    @Test
    @DisplayName("Every ratio to keep names cells, servers and clients that there are")
    void targets() {
        List<String> cells = Cells.parse("all").stream().map(Cell::name).toList();
        for (Target target : Target.all()) {
            assertTrue(cells.contains(target.cell()) && cells.contains(target.base()), target.toString());
            assertTrue(Main.subjects().contains(target.subject()), target.toString());
            assertTrue(Main.subjects().containsAll(target.against()), target.toString());
        }
    }
}
