package dev.ferrule.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of a foreign library, which prints {@code ok} as its last line if all went well. */
final class Program implements AutoCloseable {
    private static final Path FOLDER = Path.of("src/test/resources/interop");
    private static final Path WS = Path.of("../interop/node_modules/ws").toAbsolutePath();
    private static final String PYTHON = "/usr/bin/python3";

    private final Process process;
    private final BufferedReader output;

    private Program(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Which libraries are installed here. */
    static List<String> libraries() throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        if (Files.isDirectory(WS) && succeeds("node", "--version")) {
            found.add("ws");
        }
        if (Files.exists(Path.of(PYTHON)) && succeeds(PYTHON, "-c", "import websockets")) {
            found.add("py");
        }
        return found;
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    static Program start(String library, String role, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(library.equals("ws") ? "node" : PYTHON);
        command.add(library + "-" + role + (library.equals("ws") ? ".js" : ".py"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
        builder.environment().put("WS_MODULE", WS.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        return new Program(builder.start());
    }

    /** The port that a server prints as its first line. */
    int port() throws IOException {
        return Integer.parseInt(output.readLine());
    }

    /** All that the program prints until it ends. */
    String verdict() throws InterruptedException {
        List<String> lines = output.lines().toList();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            return "the program doesn't end";
        }
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
