package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.run.ClientDriver;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A client under test that is a command: one process per connection. */
final class Commanded implements ClientDriver, AutoCloseable {
    private final List<String> words;
    private final Duration longest;
    private final Set<Process> processes = ConcurrentHashMap.newKeySet();

    /** The words have {@code {url}} somewhere. */
    Commanded(List<String> words, Duration longest) {
        this.words = List.copyOf(words);
        this.longest = longest;
    }

    @Override
    public CompletionStage<?> echo(URI uri, Runnable opened) {
        List<String> command = words.stream()
                .map(word -> word.replace("{url}", uri.toString()))
                .toList();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            processes.add(process);
            opened.run();
            return process.onExit()
                    .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((ended, late) -> {
                        processes.remove(process);
                        process.destroyForcibly();
                    })
                    .thenCompose(Commanded::reported);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletionStage<Integer> reported(Process process) {
        return process.exitValue() == 0
                ? CompletableFuture.completedFuture(0)
                : CompletableFuture.failedFuture(new IOException("exit status " + process.exitValue()));
    }

    private static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
