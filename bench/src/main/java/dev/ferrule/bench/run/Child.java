package dev.ferrule.bench.run;

import dev.ferrule.bench.load.Meter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, the same flags for all, that says on which ports it listens and ends with its standard input. */
final class Child implements Closeable {
    static final List<String> FLAGS = List.of("-Xms1g", "-Xmx2g", "-XX:+UseG1GC", "-XX:ActiveProcessorCount=2");

    private final Process process;
    private final Path log;
    private final int port;
    private final int control;

    private Child(Process process, Path log, String announced) {
        this.process = process;
        this.log = log;
        port = number(announced, "port");
        control = number(announced, "control");
    }

    /** Starts it, and waits until it is ready. */
    static Child start(List<String> prefix, Class<?> program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        Path log = Files.createTempFile("bench", ".log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        String announced = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (announced == null) {
            IOException failed = new IOException(arguments[0] + " did not start: " + Files.readString(log));
            process.destroyForcibly();
            Files.delete(log);
            throw failed;
        }
        return new Child(process, log, announced);
    }

    private static int number(String announced, String name) {
        return Arrays.stream(announced.split(" ", -1))
                .filter(field -> field.startsWith(name + "="))
                .mapToInt(field -> Integer.parseInt(field.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("announced '" + announced + "', no " + name));
    }

    int port() {
        return port;
    }

    Meter meter() {
        return new Meter(process.toHandle(), control);
    }

    /** What it has written to standard error. */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
    }
}
