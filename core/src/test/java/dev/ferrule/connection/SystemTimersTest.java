package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class SystemTimersTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Property
    @Label("a wait of less than a second is as long as it was asked for")
    void exact(@ForAll long now, @ForAll @LongRange(min = 0, max = 999_999_999) long nanos) {
        assertEquals(nanos, SystemTimers.withSlack(now, nanos));
    }

    @Property
    @Label("a longer one never ends early, and by a sixty-fourth late at most")
    void slack(@ForAll long now, @ForAll @LongRange(min = 1_000_000_000L, max = 1L << 60) long nanos) {
        long late = SystemTimers.withSlack(now, nanos) - nanos;
        assertTrue(late >= 0 && late <= nanos / 64, () -> late + " ns late");
    }

    @Property
    @Label("the heartbeats of 100 connections that are due within a second end together, in at most five parts")
    void together(@ForAll long now) {
        long ends = LongStream.range(0, 100)
                .map(i -> now + i * SECOND / 100)
                .map(at -> at + SystemTimers.withSlack(at, 25 * SECOND))
                .distinct()
                .count();
        assertTrue(ends <= 5, () -> ends + " parts");
    }
}
