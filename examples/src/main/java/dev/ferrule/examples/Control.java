package dev.ferrule.examples;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Tells a load generator on this machine what the JVM has used: it sends {@code stat} or {@code gc} in a line and gets one
 * line back; {@code gc} collects first.
 */
final class Control {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** By thread, since those that have ended are no longer counted by the JVM before 21. */
    private final Map<Long, Long> allocated = new HashMap<>();

    private Control() {}

    static void start(int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        try {
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
        } catch (IOException e) {
            listener.close();
            throw new IOException("cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
        Thread thread = new Thread(() -> new Control().serve(listener), "control");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(ServerSocket listener) {
        while (true) {
            try (Socket socket = listener.accept()) {
                answer(socket);
            } catch (IOException e) {
                if (listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
                // Whoever asked has gone; the next one gets an answer.
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        socket.setSoTimeout(5_000);
        String question = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if ("gc".equals(question)) {
            System.gc();
        }
        socket.getOutputStream().write((figures() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private String figures() {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        return "alloc=" + allocatedBytes()
                + " gccount=" + sum(collectors, GarbageCollectorMXBean::getCollectionCount)
                + " gcms=" + sum(collectors, GarbageCollectorMXBean::getCollectionTime)
                + " heap="
                + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + " direct=" + sum(ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class), Control::direct)
                + " threads=" + threads.getThreadCount();
    }

    private static long direct(BufferPoolMXBean pool) {
        return pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
    }

    /** A bean that doesn't know says -1. */
    private static <T> long sum(List<T> beans, ToLongFunction<T> figure) {
        return beans.stream().mapToLong(figure).map(value -> Math.max(value, 0)).sum();
    }

    private long allocatedBytes() {
        try {
            return (long)
                    ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes").invoke(threads);
        } catch (ReflectiveOperationException e) {
            return allocatedByThreads();
        }
    }

    private long allocatedByThreads() {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            allocated.merge(ids[i], bytes[i], Math::max);
        }
        return allocated.values().stream().mapToLong(Long::longValue).sum();
    }
}
