package dev.ferrule.abuse;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.ferrule.Ferrule;
import dev.ferrule.Limits;
import dev.ferrule.Server;
import dev.ferrule.ServerBuilder;
import dev.ferrule.protocol.OriginRule;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The server that is abused: {@code Target ENGINE [PROTECTION...]}, where each protection that is named is switched off. It
 * prints its port, and then answers each line of its input with one line: {@code stat}, {@code cpu} or {@code stop}.
 */
final class Target {
    /** What can be switched off, to show that a row of the matrix needs it. */
    enum Protection {
        HANDSHAKE_TIMEOUT,
        SAME_ORIGIN,
        CONTROL_RATE,
        FRAGMENTS,
        WRITE_TIMEOUT,
        HEARTBEAT,
        QUEUE,
        CLOSE_TIMEOUT,
        GRACE,
        WORKERS;

        static String words(Protection... some) {
            return Arrays.stream(some)
                    .map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .collect(Collectors.joining(", "));
        }
    }

    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(2);
    static final Duration WRITE_TIMEOUT = Duration.ofSeconds(2);
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    static final Duration GRACE = Duration.ofSeconds(5);
    /** A thousand of them fit into the heap. */
    static final int QUEUE_BYTES = 64 << 10;

    private static final Duration NEVER = Duration.ofDays(1);

    private final Server server;
    private final Ledger ledger;
    private final Duration grace;

    private Target(Server server, Ledger ledger, Duration grace) {
        this.server = server;
        this.ledger = ledger;
        this.grace = grace;
    }

    public static void main(String[] args) throws Exception {
        Set<Protection> off = Arrays.stream(args)
                .skip(1)
                .map(name -> Protection.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        Ledger ledger = new Ledger();
        ServerBuilder builder = Ferrule.server()
                .adapter(args[0])
                .limits(limits(off))
                .route("/echo", ledger.keep(Served.ECHO))
                .route("/push", ledger.keep(Served.PUSH))
                .route("/block", ledger.keep(Served.BLOCK));
        for (Served.Place place : Served.Place.values()) {
            for (String kind : Served.THROWABLES.keySet()) {
                builder.route("/throw/" + place + "/" + kind, ledger.keep(Served.throwing(place, kind)));
            }
        }
        if (off.contains(Protection.SAME_ORIGIN)) {
            builder.origins(OriginRule.any());
        }
        if (off.contains(Protection.WORKERS)) {
            builder.inline();
        }
        Target target = new Target(builder.start(), ledger, off.contains(Protection.GRACE) ? NEVER : GRACE);
        try {
            target.serve();
        } finally {
            // Whoever asks shall not wait for the answers of a process that can't give any.
            System.exit(1);
        }
    }

    private void serve() throws Exception {
        System.out.println(server.port());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            if (line.equals("stop")) {
                System.out.println(server.stop(grace).toCompletableFuture().get());
                System.exit(0);
            }
            System.out.println(line.equals("cpu") ? Long.toString(system().getProcessCpuTime()) : stat());
        }
    }

    /** Bytes on the heap and in direct buffers, behind a garbage collection. */
    static String memory() {
        System.gc();
        // What the collection left: other threads go on allocating before anybody can ask what is in use.
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return heap + " " + direct;
    }

    private String stat() {
        UnixOperatingSystemMXBean system = system();
        return String.join(
                " ",
                memory(),
                Long.toString(ManagementFactory.getThreadMXBean().getThreadCount()),
                Long.toString(system.getOpenFileDescriptorCount()),
                Long.toString(system.getProcessCpuTime()),
                Integer.toString(server.connections().size()),
                ledger.toString());
    }

    private static UnixOperatingSystemMXBean system() {
        return (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }

    private static Limits limits(Set<Protection> off) {
        Limits.Builder limits = Limits.builder()
                .connections(20_000)
                .queueBytes(QUEUE_BYTES)
                .handshakeTimeout(off.contains(Protection.HANDSHAKE_TIMEOUT) ? NEVER : HANDSHAKE_TIMEOUT)
                .writeTimeout(off.contains(Protection.WRITE_TIMEOUT) ? NEVER : WRITE_TIMEOUT)
                .closeTimeout(off.contains(Protection.CLOSE_TIMEOUT) ? NEVER : CLOSE_TIMEOUT);
        if (off.contains(Protection.HEARTBEAT)) {
            limits.heartbeatInterval(NEVER);
        }
        if (off.contains(Protection.CONTROL_RATE)) {
            limits.controlFramesPerSecond(Integer.MAX_VALUE).controlFrameBurst(Integer.MAX_VALUE);
        }
        if (off.contains(Protection.FRAGMENTS)) {
            limits.fragments(Integer.MAX_VALUE);
        }
        if (off.contains(Protection.QUEUE)) {
            limits.queueMessages(Integer.MAX_VALUE).queueBytes(Long.MAX_VALUE);
        }
        return limits.build();
    }
}
