package dev.ferrule.abuse;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link Target} or a {@link ClientTarget} in a JVM of its own. */
final class TargetProcess implements AutoCloseable {
    /**
     * What the target says of itself, after a garbage collection.
     *
     * @param heap bytes that the collection left
     * @param direct bytes of direct buffers
     * @param threads that run
     * @param descriptors that are open
     * @param cpuNanos that it has used
     * @param open connections of the server
     * @param opened how many onOpen there were
     * @param closed how many onClose there were
     * @param twice how often a connection had one of them again
     * @param forbidden how often an endpoint got what nobody may interpret
     */
    record Stat(
            long heap,
            long direct,
            long threads,
            long descriptors,
            long cpuNanos,
            long open,
            long opened,
            long closed,
            long twice,
            long forbidden) {
        long memory() {
            return heap + direct;
        }
    }

    /** Virtual machines under load are slow to give back what is gone. */
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;
    private final int port;

    private TargetProcess(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader();
        this.input = process.outputWriter();
        this.port = Integer.parseInt(output.readLine());
    }

    static TargetProcess start(String engine, Target.Protection... off) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(engine));
        for (Target.Protection protection : off) {
            arguments.add(protection.name().toLowerCase(Locale.ROOT));
        }
        return start(Target.class, arguments, 0);
    }

    /** One that may have so many descriptors open, files and sockets. */
    static TargetProcess ofFewDescriptors(String engine, int descriptors) throws IOException {
        return start(Target.class, List.of(engine), descriptors);
    }

    /** A {@link ClientTarget}, which has no port. */
    static TargetProcess client(String engine) throws IOException {
        return start(ClientTarget.class, List.of(engine), 0);
    }

    private static TargetProcess start(Class<?> main, List<String> arguments, int descriptors) throws IOException {
        List<String> command = new ArrayList<>();
        if (descriptors > 0) {
            command.addAll(List.of("sh", "-c", "ulimit -n " + descriptors + "; exec \"$0\" \"$@\""));
        }
        command.addAll(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                // With the quick subset it lives for seconds.
                "-XX:TieredStopAtLevel=" + (Matrix.FULL ? 4 : 1),
                "-XX:+ExitOnOutOfMemoryError",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return new TargetProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    int port() {
        return port;
    }

    Stat stat() throws IOException {
        String[] words = ask("stat").split(" ", -1);
        long[] figures = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            figures[i] = Long.parseLong(words[i]);
        }
        // Of a client there is its memory alone.
        figures = java.util.Arrays.copyOf(figures, 10);
        return new Stat(
                figures[0],
                figures[1],
                figures[2],
                figures[3],
                figures[4],
                figures[5],
                figures[6],
                figures[7],
                figures[8],
                figures[9]);
    }

    /** What it says once it is back to the connections and descriptors of before, or when it had time enough for that. */
    Stat settled(Stat before) throws IOException, InterruptedException {
        long end = System.nanoTime() + SETTLE_NANOS;
        Stat stat = stat();
        while ((stat.open() > before.open() || stat.descriptors() > before.descriptors() + 8)
                && System.nanoTime() < end) {
            Thread.sleep(20);
            stat = stat();
        }
        return stat;
    }

    /** What it has used, without the garbage collection that goes with {@link #stat()}. */
    long cpuNanos() throws IOException {
        return Long.parseLong(ask("cpu"));
    }

    /** How many descriptors it has open, as the system knows: to find that out by itself, it would need one more. */
    long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return open.count();
        }
    }

    /** Tells it to stop gracefully; false if the process hasn't ended in time. */
    boolean stop(long seconds) throws IOException, InterruptedException {
        input.write("stop\n");
        input.flush();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    String ask(String command) throws IOException {
        input.write(command + "\n");
        input.flush();
        String answer = output.readLine();
        if (answer == null || !Character.isDigit(answer.charAt(0))) {
            throw new IOException("the target has ended: " + answer);
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
