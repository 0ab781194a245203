package dev.ferrule.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LeastRecentlyReadTest {
    /** What runs behind the events. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    private boolean stopped;
    private final LeastRecentlyRead order = new LeastRecentlyRead(task -> {
        if (stopped) {
            throw new RejectedExecutionException("stopped");
        }
        tasks.add(task);
    });
    private final List<String> read = new ArrayList<>();

    private final class Named extends LeastRecentlyRead.Stream {
        private final String name;
        private Runnable onTurn = () -> {};

        Named(String name) {
            this.name = name;
        }

        @Override
        protected void onTurn() {
            read.add(name);
            onTurn.run();
        }
    }

    /** The names of those that have been read since, behind the events of one selection. */
    private List<String> readBehind(Named... events) {
        for (Named event : events) {
            order.readable(event);
        }
        behindEvents();
        return taken();
    }

    private void behindEvents() {
        assertEquals(1, tasks.size(), "tasks behind the events of a selection");
        tasks.remove().run();
    }

    private List<String> taken() {
        List<String> names = List.copyOf(read);
        read.clear();
        return names;
    }

    @Test
    @DisplayName(
            "in whatever order a selector tells, who was read longest ago comes first, and who never was before all")
    void leastRecentFirst() {
        Named a = new Named("a");
        Named b = new Named("b");
        Named c = new Named("c");
        Named d = new Named("d");
        assertEquals(List.of("b"), readBehind(b));
        assertEquals(List.of("c"), readBehind(c));
        assertEquals(List.of("a"), readBehind(a));
        assertEquals(List.of("d", "b", "c", "a"), readBehind(a, b, c, d));
        assertEquals(List.of("c"), readBehind(c));
        assertEquals(List.of("d", "b", "a", "c"), readBehind(c, a, d, b));
    }

    @Property(tries = 100)
    @Label("each of those that one selection told is read once, in the order of their last turns")
    void everyOneOnce(
            @ForAll @Size(max = 20) List<@Size(min = 1, max = 100) List<@IntRange(max = 60) Integer>> selections) {
        List<Named> streams =
                IntStream.rangeClosed(0, 60).mapToObj(i -> new Named("" + i)).toList();
        readBehind(streams.toArray(Named[]::new));
        List<String> model =
                new ArrayList<>(streams.stream().map(stream -> stream.name).toList());
        for (List<Integer> selection : selections) {
            Set<String> told = selection.stream().map(String::valueOf).collect(Collectors.toSet());
            List<String> expected = model.stream().filter(told::contains).toList();
            assertEquals(
                    expected, readBehind(selection.stream().map(streams::get).toArray(Named[]::new)));
            model.removeAll(expected);
            model.addAll(expected);
        }
    }

    @Test
    @DisplayName("nothing is read before all events have been told, nor twice for events that come twice")
    void once() {
        Named a = new Named("a");
        order.readable(a);
        order.readable(a);
        assertEquals(List.of(), taken());
        behindEvents();
        assertEquals(List.of("a"), taken());
        assertEquals(List.of("a"), readBehind(a));
    }

    @Test
    @DisplayName("what becomes readable while others are read has its turn behind the next events")
    void meanwhile() {
        Named a = new Named("a");
        Named b = new Named("b");
        a.onTurn = () -> {
            order.readable(b);
            order.readable(a);
        };
        assertEquals(List.of("a"), readBehind(a));
        a.onTurn = () -> {};
        behindEvents();
        assertEquals(List.of("b", "a"), taken());
        assertEquals(0, tasks.size());
    }

    @Test
    @DisplayName("a stream that throws doesn't keep the others from their turns, and the engine gets what it threw")
    void failure() {
        Named a = new Named("a");
        Named b = new Named("b");
        Named c = new Named("c");
        readBehind(a);
        readBehind(b);
        readBehind(c);
        a.onTurn = () -> {
            throw new IllegalStateException("as it happens");
        };
        order.readable(c);
        order.readable(b);
        order.readable(a);
        IllegalStateException thrown = assertThrows(IllegalStateException.class, this::behindEvents);
        assertEquals("as it happens", thrown.getMessage());
        behindEvents();
        assertEquals(List.of("a", "b", "c"), taken());
    }

    @Test
    @DisplayName("where the engine takes no more tasks, a stream is read at once")
    void stopping() {
        stopped = true;
        order.readable(new Named("a"));
        order.readable(new Named("b"));
        assertEquals(List.of("a", "b"), taken());
    }
}
