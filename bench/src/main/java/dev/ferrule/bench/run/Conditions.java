package dev.ferrule.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Under which conditions runs were made.
 *
 * @param when it began
 * @param java the JVM
 * @param flags of each JVM that was measured
 * @param system the operating system
 * @param processor what the system calls it
 * @param pinned whether what was measured and its load had a core each
 * @param seconds that each run was measured
 * @param warmup seconds before the first, at most
 * @param libraries that were compared
 */
record Conditions(
        String when,
        String java,
        List<String> flags,
        String system,
        String processor,
        boolean pinned,
        double seconds,
        double warmup,
        List<String> libraries) {
    private static final Pattern COMPARED = Pattern.compile(
            "(jetty-server|jetty-websocket-jetty-server|jetty-websocket-jetty-client|undertow-core|netty-codec-http"
                    + "|vertx-core|spring-webflux|reactor-netty-http|tomcat-embed-websocket)-[0-9].*\\.jar");

    static Conditions now(boolean pinned, double seconds, double warmup) throws IOException {
        return new Conditions(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                Child.FLAGS,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                processorName(),
                pinned,
                seconds,
                warmup,
                librariesFound());
    }

    /** This process itself has one core, once it has moved there. */
    private static String processorName() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return Runtime.getRuntime().availableProcessors() + " processors";
        }
        List<String> names = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .toList();
        return names.size() + " x " + names.stream().findFirst().orElse("unknown");
    }

    private static List<String> librariesFound() {
        return Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1))
                .map(entry -> String.valueOf(Path.of(entry).getFileName()))
                .filter(jar -> COMPARED.matcher(jar).matches())
                .map(jar -> jar.replaceFirst("\\.jar$", "").replaceFirst("-([0-9])", " $1"))
                .sorted()
                .toList();
    }
}
