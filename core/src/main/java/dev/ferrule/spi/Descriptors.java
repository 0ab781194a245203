package dev.ferrule.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How many files and sockets this process may have open, where the system tells so in files. */
final class Descriptors {
    /** For the engine's selectors, for logs, classes and what else an application opens. */
    private static final int OTHERS = 64;

    private Descriptors() {}

    static int forConnections() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return forConnections(Files.readAllLines(Path.of("/proc/self/limits")), open.count());
        } catch (IOException | RuntimeException e) {
            // A system without such files: its engine finds out when it accepts one too many.
            return Integer.MAX_VALUE;
        }
    }

    /** A line of them is {@code Max open files  1024  524288  files}: the soft limit, which counts, and the hard one. */
    static int forConnections(List<String> limits, long open) {
        for (String line : limits) {
            if (line.startsWith("Max open files")) {
                String soft = line.substring("Max open files".length()).trim().split(" +", -1)[0];
                if (!soft.equals("unlimited")) {
                    long left = Long.parseLong(soft) - open - OTHERS;
                    return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
                }
            }
        }
        return Integer.MAX_VALUE;
    }
}
