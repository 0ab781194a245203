package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.protocol.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TX-1, TX-3: many threads send at once, over a transport that takes what it likes. */
class SendOrderTest {
    private static final int SENDERS = 4;
    private static final int MESSAGES = 200;

    private ExecutorService threads;

    @BeforeEach
    void start() {
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdown();
        assertTrue(threads.awaitTermination(ManualExecutor.PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @CsvSource({"SERVER,2147483647", "SERVER,700", "SERVER,60001", "CLIENT,900", "CLIENT,2147483647"})
    @DisplayName("TX-1: nothing is torn, and the messages of each sender come in their order")
    void senders(Role role, int perWrite) throws Exception {
        Limits limits =
                Limits.builder().queueMessages(1 << 20).queueBytes(1L << 40).build();
        ThreadedRig rig = new ThreadedRig(role, limits, threads);
        rig.transport.perWrite = perWrite;
        rig.open();
        ConcurrentLinkedQueue<String> completed = new ConcurrentLinkedQueue<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            char name = (char) ('A' + sender);
            Thread thread = new Thread(() -> send(rig, name, completed));
            thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
            senders.add(thread);
            thread.start();
        }
        for (Thread thread : senders) {
            thread.join();
        }
        assertNull(failure.get());
        rig.connection.close();
        rig.await(() -> rig.transport.written().length > 0 && rig.closeWritten());
        check(rig.peer.read(rig.transport.written()));
        rig.await(() -> completed.size() == SENDERS * MESSAGES / 4);
        assertEquals(0, rig.connection.queuedMessages());
        assertEquals(0, rig.connection.queuedBytes());
        rig.connection.abort();
        rig.awaitClosed();
    }

    /** Texts, small and large, lent buffers that are overwritten at once, and stages. */
    private static void send(ThreadedRig rig, char name, ConcurrentLinkedQueue<String> completed) {
        for (int i = 0; i < MESSAGES; i++) {
            String text = name + String.format("%05d", i);
            switch (i % 4) {
                case 0 -> rig.connection.send(text);
                case 1 -> {
                    byte[] bytes = Wire.utf8(text);
                    rig.connection.send(ByteBuffer.wrap(bytes));
                    bytes[0] = 'X';
                }
                case 2 ->
                    rig.connection
                            .sendAsync(Message.text(text))
                            .whenComplete((sent, failed) -> completed.add(failed == null ? text : "failed " + text));
                default -> {
                    ByteBuffer large = ByteBuffer.allocateDirect(9_000 + 6);
                    large.put(new byte[9_000]).put(Wire.utf8(text)).flip();
                    rig.connection.send(large);
                    large.clear().put(new byte[9_006]);
                }
            }
        }
    }

    private static void check(List<String> frames) {
        int[] next = new int[SENDERS];
        int large = 0;
        for (String frame : frames.subList(0, frames.size() - 1)) {
            if (frame.equals("binary 9006 bytes")) {
                large++;
                continue;
            }
            String text = frame.startsWith("text ") ? frame.substring(5) : fromHex(frame.substring(7));
            int sender = text.charAt(0) - 'A';
            next[sender] += next[sender] % 4 == 3 ? 1 : 0;
            assertEquals(next[sender]++, Integer.parseInt(text.substring(1)), text);
        }
        assertEquals("close 1000", frames.get(frames.size() - 1));
        assertEquals(SENDERS * MESSAGES / 4, large);
        assertEquals(SENDERS * MESSAGES + 1, frames.size());
    }

    private static String fromHex(String hex) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 2) {
            text.append((char) Integer.parseInt(hex.substring(i, i + 2), 16));
        }
        return text.toString();
    }
}
