package dev.ferrule.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HandoverExecutorTest {
    private final ArrayDeque<Runnable> pool = new ArrayDeque<>();
    private boolean stopped;
    private final HandoverExecutor executor = new HandoverExecutor(task -> {
        if (stopped) {
            throw new RejectedExecutionException("stopped");
        }
        pool.add(task);
    });
    private final List<Integer> ran = new ArrayList<>();

    @Test
    @DisplayName("a burst wakes one thread, which sends for the next before it begins, and does all of it in order")
    void burst() {
        for (int i = 0; i < 10; i++) {
            int number = i;
            executor.execute(() -> ran.add(number));
        }
        assertEquals(1, pool.size());
        pool.remove().run();
        assertEquals(IntStream.range(0, 10).boxed().toList(), ran);
        assertEquals(1, pool.size(), "the thread that was sent for");
        pool.remove().run();
        assertEquals(0, pool.size());
    }

    @Test
    @DisplayName("what waits behind a task that blocks is done by the next thread")
    void blocked() {
        executor.execute(() -> pool.remove().run());
        executor.execute(() -> ran.add(1));
        pool.remove().run();
        assertEquals(List.of(1), ran);
    }

    @Test
    @DisplayName("what a task throws is left to its thread, and the tasks behind it go on")
    void throwing() {
        executor.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        executor.execute(() -> ran.add(1));
        List<Throwable> uncaught = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try {
            pool.remove().run();
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(null);
        }
        assertEquals(List.of(1), ran);
        assertEquals("on purpose", uncaught.get(0).getMessage());
    }

    @Test
    @DisplayName("after 64 tasks the thread lets others of its pool have their turn")
    void turn() {
        for (int i = 0; i < 100; i++) {
            executor.execute(() -> ran.add(1));
        }
        pool.remove().run();
        assertEquals(64, ran.size());
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
        assertEquals(100, ran.size());
    }

    @Test
    @DisplayName("a pool that is being stopped refuses tasks, and loses none that was accepted")
    void stopped() {
        for (int i = 0; i < 100; i++) {
            executor.execute(() -> ran.add(1));
        }
        stopped = true;
        pool.remove().run();
        assertEquals(100, ran.size());
        assertThrows(RejectedExecutionException.class, () -> executor.execute(() -> ran.add(1)));
        assertEquals(100, ran.size());
    }

    @Test
    @DisplayName("whatever the timing, each task runs once")
    void each() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        HandoverExecutor handover = new HandoverExecutor(threads);
        int tasks = 40_000;
        ConcurrentHashMap<Integer, Boolean> seen = new ConcurrentHashMap<>();
        AtomicInteger twice = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(tasks);
        List<Thread> givers = new ArrayList<>();
        for (int giver = 0; giver < 4; giver++) {
            int first = giver * (tasks / 4);
            Thread thread = new Thread(() -> {
                for (int i = first; i < first + tasks / 4; i++) {
                    int number = i;
                    handover.execute(() -> {
                        twice.addAndGet(seen.put(number, true) == null ? 0 : 1);
                        all.countDown();
                    });
                }
            });
            givers.add(thread);
            thread.start();
        }
        for (Thread giver : givers) {
            giver.join();
        }
        assertTrue(all.await(30, TimeUnit.SECONDS));
        assertEquals(0, twice.get());
        threads.shutdown();
    }
}
