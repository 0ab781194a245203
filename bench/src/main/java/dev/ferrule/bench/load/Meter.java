package dev.ferrule.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Reads what a process has used: the processor time from the system, the rest from its control port. */
public final class Meter {
    private static final int PATIENCE_MILLIS = 20_000;

    private final ProcessHandle process;
    private final int control;

    /**
     * A meter of a process on this machine.
     *
     * @param process the process
     * @param control its control port on 127.0.0.1
     */
    public Meter(ProcessHandle process, int control) {
        this.process = process;
        this.control = control;
    }

    /**
     * Reads what it has used.
     *
     * @return the figures of this moment
     * @throws IOException if it doesn't answer
     */
    public Usage read() throws IOException {
        return read("stat");
    }

    /**
     * Reads what it has used, after a garbage collection.
     *
     * @return the figures of this moment
     * @throws IOException if it doesn't answer
     */
    public Usage readCollected() throws IOException {
        return read("gc");
    }

    /**
     * Processor time of all threads of the process, in steps of what the system counts: 10 ms on Linux.
     *
     * @return nanoseconds
     */
    public long cpuNanos() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    private Usage read(String question) throws IOException {
        return Usage.of(ask(question));
    }

    private Map<String, Long> ask(String question) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(Loopback.port(control), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write((question + "\n").getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return parse(line == null ? "" : line);
        }
    }

    static Map<String, Long> parse(String line) throws IOException {
        Map<String, Long> figures = new HashMap<>();
        for (String field : line.split(" ", -1)) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new IOException("the control port answered '" + line + "'");
            }
            figures.put(field.substring(0, equals), Long.valueOf(field.substring(equals + 1)));
        }
        return figures;
    }

    /**
     * Memory of the process that is resident, as Linux tells.
     *
     * @return bytes, 0 on other systems
     * @throws IOException if the process has ended
     */
    public long residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
