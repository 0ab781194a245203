package dev.ferrule.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CoresTest {
    @Test
    @DisplayName("Lists of cores are numbers and ranges")
    void lists() {
        assertEquals(List.of(0), Cores.parse("0"));
        assertEquals(List.of(0, 1), Cores.parse("0-1"));
        assertEquals(List.of(3, 8, 9, 10, 12), Cores.parse("3,8-10,12"));
    }
}
