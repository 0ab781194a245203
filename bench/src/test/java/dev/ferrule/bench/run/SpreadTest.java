package dev.ferrule.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    @DisplayName("The median of an odd number of values is the middle one")
    void odd() {
        assertEquals(new Spread(3, 1, 100), Spread.of(100, 1, 3));
        assertEquals(new Spread(7, 7, 7), Spread.of(7));
    }

    @Test
    @DisplayName("The median of an even number of values lies between the two in the middle")
    void even() {
        assertEquals(new Spread(2.5, 1, 9), Spread.of(9, 2, 1, 3));
    }

    @Test
    @DisplayName("There is no median of nothing")
    void nothing() {
        assertThrows(IllegalArgumentException.class, Spread::of);
    }
}
