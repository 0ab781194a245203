package dev.ferrule.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    @DisplayName("a burst of short tasks brings no more threads to work than there are processors, two at least")
    void fewThreads() throws Exception {
        int enough = Math.max(2, Runtime.getRuntime().availableProcessors());
        ExecutorService threads = Executors.newCachedThreadPool();
        // Nobody looks for threads that are stuck: on a busy machine, one may seem so.
        HandoverExecutor handover = new HandoverExecutor(threads, new NoTimers());
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(2000);
        for (int i = 0; i < 2000; i++) {
            handover.execute(() -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                atOnce.decrementAndGet();
                all.countDown();
            });
        }
        assertTrue(all.await(30, TimeUnit.SECONDS));
        assertTrue(most.get() <= enough, most + " at once");
        threads.shutdown();
    }

    @Test
    @DisplayName("however many tasks block, those behind them go on, and go on so when the others are free again")
    void allBlocked() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        HandoverExecutor handover = new HandoverExecutor(threads);
        for (int round = 0; round < 3; round++) {
            CountDownLatch free = new CountDownLatch(1);
            CountDownLatch blocked = new CountDownLatch(40);
            CountDownLatch ended = new CountDownLatch(40);
            for (int i = 0; i < 40; i++) {
                handover.execute(() -> {
                    blocked.countDown();
                    await(free);
                    ended.countDown();
                });
            }
            assertTrue(blocked.await(30, TimeUnit.SECONDS), blocked + " have not begun");
            CountDownLatch behind = new CountDownLatch(100);
            for (int i = 0; i < 100; i++) {
                handover.execute(behind::countDown);
            }
            assertTrue(behind.await(30, TimeUnit.SECONDS), behind + " behind them have not run");
            free.countDown();
            assertTrue(ended.await(30, TimeUnit.SECONDS));
        }
        threads.shutdown();
    }

    private static final class NoTimers implements Timers {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Future<?> schedule(Runnable task, long nanos) {
            return new CompletableFuture<Void>();
        }

        @Override
        public long jitter(long bound) {
            return 0;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("a task that neither waits nor ends is stuck, too")
    void busy() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        HandoverExecutor handover = new HandoverExecutor(threads);
        AtomicBoolean on = new AtomicBoolean(true);
        for (int i = 0; i < Math.max(2, Runtime.getRuntime().availableProcessors()); i++) {
            handover.execute(() -> {
                while (on.get()) {
                    Thread.onSpinWait();
                }
            });
        }
        CountDownLatch behind = new CountDownLatch(1);
        handover.execute(behind::countDown);
        assertTrue(behind.await(30, TimeUnit.SECONDS));
        on.set(false);
        threads.shutdown();
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
