package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.CloseEvent;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CB-1, CB-2, TX-3: connections that are sent on, fed and ended by many threads at the same moment. */
class RaceTest {
    private ExecutorService threads;

    @BeforeEach
    void start() {
        threads = Executors.newFixedThreadPool(4);
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdown();
        assertTrue(threads.awaitTermination(ManualExecutor.PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** One connection, and what its senders heard. */
    private final class Run {
        final ThreadedRig rig;
        final ConcurrentLinkedQueue<Integer> completed = new ConcurrentLinkedQueue<>();
        final AtomicInteger twice = new AtomicInteger();
        final List<CompletableFuture<?>> tasks = new ArrayList<>();
        final CountDownLatch go = new CountDownLatch(1);

        Run(Random random, boolean eventsMayBlock) {
            Limits limits =
                    Limits.builder().queueMessages(20).controlFrameBurst(10_000).build();
            rig = new ThreadedRig(random.nextBoolean() ? Role.SERVER : Role.CLIENT, limits, threads, eventsMayBlock);
            rig.transport.perWrite = random.nextInt(3) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(100);
            rig.endpoint.onText = (connection, text) -> {
                connection.trySend(Message.text(text));
                return random.nextInt(3) != 0 ? null : CompletableFuture.runAsync(() -> {}, threads);
            };
            rig.endpoint.onBinary = (connection, data) -> connection.sendAsync(Message.binary(data));
        }

        void start(Runnable task) {
            tasks.add(CompletableFuture.runAsync(
                    () -> {
                        await(go);
                        task.run();
                    },
                    command -> new Thread(command).start()));
        }

        void send() {
            for (int i = 0; i < 20; i++) {
                int number = i;
                boolean[] done = new boolean[1];
                rig.connection.sendAsync(Message.text("n" + i)).whenComplete((sent, failure) -> {
                    twice.addAndGet(done[0] ? 1 : 0);
                    done[0] = true;
                    completed.add(number);
                });
                rig.connection.trySend(Message.binary(ByteBuffer.allocate(i * 700)));
            }
        }

        void receive() {
            for (int i = 0; i < 20; i++) {
                rig.transport.feed(rig.peer.text("t" + i), rig.peer.ping("p"), rig.peer.binary(new byte[i * 30]));
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(ManualExecutor.PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void end(ThreadedRig rig, int how) {
        switch (how) {
            case 0 -> rig.connection.abort();
            case 1 -> rig.connection.lost(new IOException("reset"));
            case 2 -> rig.transport.feedEnd();
            case 3 -> rig.transport.breakDown(new IOException("reset"));
            case 4 -> rig.transport.feed(new byte[] {(byte) 0xFF});
            default -> rig.transport.feed(rig.peer.close(1000, ""));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName(
            "CB-1, CB-2, TX-3: whoever ends it first, callbacks don't overlap, onClose comes once, all sends complete")
    void ends(boolean eventsMayBlock) throws Exception {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            Run run = new Run(random, eventsMayBlock);
            ThreadedRig rig = run.rig;
            run.start(rig::open);
            run.start(run::send);
            run.start(run::receive);
            int first = random.nextInt(6);
            int second = random.nextInt(4);
            run.start(() -> end(rig, first));
            run.start(() -> {
                rig.connection.close(CloseCode.of(4000), "");
                end(rig, second);
            });
            run.go.countDown();
            CompletableFuture.allOf(run.tasks.toArray(CompletableFuture<?>[]::new))
                    .get(30, TimeUnit.SECONDS);
            CloseEvent event = rig.awaitClosed();
            String what = "seed " + seed + ", " + event;
            rig.await(() -> run.completed.size() == 20);
            assertEquals(0, run.twice.get(), what);
            rig.connection.abort();
            rig.await(() -> rig.connection.queuedMessages() == 0);
            assertEquals(0, rig.connection.queuedBytes(), what);
            assertEquals(0, rig.endpoint.overlaps.get(), what);
            List<String> events = List.copyOf(rig.endpoint.events);
            assertEquals("open", events.get(0), what);
            assertTrue(events.get(events.size() - 1).startsWith("close"), what);
            assertEquals(
                    1, events.stream().filter(line -> line.startsWith("close")).count(), what);
        }
    }

    @Test
    @DisplayName("CB-1: no signal is lost: everything that is fed is delivered and echoed, whatever the timing")
    void nothingLost() throws Exception {
        for (int seed = 0; seed < 80; seed++) {
            Random random = new Random(seed);
            boolean eventsMayBlock = random.nextBoolean();
            ThreadedRig rig = new ThreadedRig(
                    Role.SERVER,
                    Limits.builder().queueMessages(8).queueBytes(4000).build(),
                    threads,
                    eventsMayBlock);
            rig.transport.perWrite = 1 + random.nextInt(300);
            rig.endpoint.onOpen = (connection, nothing) -> {
                connection.demand(3);
                return null;
            };
            AtomicInteger answered = new AtomicInteger();
            rig.endpoint.onText = (connection, text) -> {
                connection.send(text);
                answered.incrementAndGet();
                threads.execute(() -> connection.demand(1));
                return text.endsWith("0") ? CompletableFuture.runAsync(() -> {}, threads) : null;
            };
            rig.open();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String text = "message " + i + "x".repeat(random.nextInt(40));
                expected.add("text " + text);
                byte[] frame = rig.peer.text(text);
                int cut = random.nextInt(frame.length);
                rig.transport.feed(Arrays.copyOf(frame, cut), Arrays.copyOfRange(frame, cut, frame.length));
            }
            rig.await(() -> answered.get() == 60);
            rig.await(() -> rig.connection.queuedMessages() == 0);
            assertEquals(expected, rig.peer.read(rig.transport.written()), "seed " + seed);
            assertEquals(0, rig.endpoint.overlaps.get());
            rig.connection.abort();
            rig.awaitClosed();
        }
    }
}
