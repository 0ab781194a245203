package dev.ferrule.bench.server;

import com.sun.management.ThreadMXBean;
import dev.ferrule.bench.load.Loopback;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Says what this JVM has used: {@code stat} or {@code gc} in a line gets one line back, of fields {@code name=value};
 * {@code gc} collects first.
 */
public final class Control {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final LongSupplier messages;
    /** By thread: those that have ended count as well. */
    private final Map<Long, Long> allocated = new HashMap<>();

    private Control(LongSupplier messages) {
        this.messages = messages;
    }

    /**
     * Answers on a daemon thread.
     *
     * @param port on 127.0.0.1, 0 picks a free one
     * @param messages how many messages were handled, 0 if nobody counts
     * @return the port
     * @throws IOException if it can't listen there
     */
    public static int start(int port, LongSupplier messages) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(Loopback.port(port));
        Thread thread = new Thread(() -> new Control(messages).serve(listener), "control");
        thread.setDaemon(true);
        thread.start();
        return listener.getLocalPort();
    }

    private void serve(ServerSocket listener) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(5_000);
                answer(socket);
            } catch (IOException e) {
                System.err.println("control: " + e.getMessage());
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        String question = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if ("gc".equals(question)) {
            System.gc();
        }
        socket.getOutputStream().write((figures() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private String figures() {
        long collections = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, collector.getCollectionCount());
            millis += Math.max(0, collector.getCollectionTime());
        }
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long compiling = ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
        return "alloc=" + allocatedBytes() + " gccount=" + collections + " gcms=" + millis + " heap=" + heap
                + " direct=" + direct + " threads=" + threads.getThreadCount() + " jitms=" + compiling
                + " messages=" + messages.getAsLong();
    }

    private long allocatedBytes() {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            allocated.merge(ids[i], bytes[i], Math::max);
        }
        return allocated.values().stream().mapToLong(Long::longValue).sum();
    }
}
