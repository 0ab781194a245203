package dev.ferrule.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One core for what is measured, another one for the load, where the system has a {@code taskset}. */
final class Cores {
    private final List<Integer> two;

    private Cores(List<Integer> two) {
        this.two = two;
    }

    /** The first two cores that this process may use. */
    static Cores find() throws IOException {
        Path status = Path.of("/proc/self/status");
        List<Integer> allowed = new ArrayList<>();
        if (Files.isReadable(status) && hasTaskset()) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("Cpus_allowed_list:")) {
                    allowed.addAll(parse(line.substring(line.indexOf(':') + 1).trim()));
                }
            }
        }
        return new Cores(allowed.size() < 2 ? List.of() : allowed.subList(0, 2));
    }

    private static boolean hasTaskset() {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
    }

    /** The first cores of a list such as {@code 0,2-5}. */
    static List<Integer> parse(String list) {
        List<Integer> cores = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", -1);
            for (int core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) {
                cores.add(core);
            }
        }
        return cores;
    }

    boolean pinned() {
        return !two.isEmpty();
    }

    /** What to put before the command of what is measured. */
    List<String> forMeasured() {
        return prefix(0);
    }

    /** What to put before the command of what loads it. */
    List<String> forLoad() {
        return prefix(1);
    }

    private List<String> prefix(int which) {
        return two.isEmpty() ? List.of() : List.of("taskset", "-c", Integer.toString(two.get(which)));
    }

    /** Moves this process, whose load it is, to the load's core. */
    void moveHere() throws IOException, InterruptedException {
        if (two.isEmpty()) {
            return;
        }
        String self = Long.toString(ProcessHandle.current().pid());
        int status = new ProcessBuilder("taskset", "-a", "-c", "-p", Integer.toString(two.get(1)), self)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("taskset ended with status " + status);
        }
    }
}
