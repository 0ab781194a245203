package dev.ferrule.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    @DisplayName("What isn't given has a default")
    void defaults() {
        Options options = Options.parse(List.of("--rounds", "7", "--report"));
        assertEquals(new Plan(7, 2, 30), options.plan());
        assertEquals(6, options.cells().size());
        assertTrue(options.has("--report"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nonsense",
                "--rounds",
                "--rounds x",
                "--rounds 0",
                "--seconds 0",
                "--seconds NaN",
                "--cells nothing",
                "--only nobody-*"
            })
    @DisplayName("What makes no sense is refused before anything starts")
    void refused(String line) {
        assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of(line.split(" "))));
    }

    @Test
    @DisplayName("Globs choose whom to measure, in the order of the tables")
    void globs() {
        List<String> names = List.of("ferrule-jetty", "ferrule-undertow", "netty", "nio");
        assertEquals(List.of("ferrule-jetty", "netty"), Main.chosen(names, "netty,*-jetty"));
        assertEquals(names, Main.chosen(names, "*"));
    }

    @Test
    @DisplayName("Help names every group of cells and everybody who can be measured")
    void help() {
        String help = Options.help();
        Cells.parse("all").forEach(cell -> assertTrue(help.contains(cell.name()), cell.name()));
        Main.subjects().forEach(subject -> assertTrue(help.contains(subject), subject));
    }
}
