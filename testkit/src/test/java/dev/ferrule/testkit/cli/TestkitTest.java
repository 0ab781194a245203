package dev.ferrule.testkit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.testkit.mutant.Flaw;
import dev.ferrule.testkit.mutant.Flaws;
import dev.ferrule.testkit.mutant.TinyServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The command line")
class TestkitTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private TinyServer good;
    private TinyServer bad;

    @BeforeEach
    void start() throws IOException {
        good = new TinyServer(Flaws.NONE);
        bad = new TinyServer(Flaws.only(Flaw.NO_PONG));
    }

    @AfterEach
    void stop() throws IOException {
        good.close();
        bad.close();
    }

    @Test
    @DisplayName("a correct server has status 0, and the score counts requirements")
    void good() {
        assertEquals(0, run("run", good.uri().toString(), "--profile", "smoke", "--strict", "--max-message", "65536"));
        assertTrue(text().contains("requirements kept"), text());
    }

    @Test
    @DisplayName("a failure has status 1 and shows the transcript")
    void bad() {
        assertEquals(1, run("run", bad.uri().toString(), "--only", "6455-5.5.2-1/2-bytes", "--patience", "300ms"));
        assertTrue(text().contains("FAIL 6455-5.5.2-1/2-bytes"), text());
        assertTrue(text().contains("> PING 2 bytes"), text());
        assertFalse(text().contains("\033["), "colour is for terminals");
    }

    @Test
    @DisplayName("wrong usage has status 2 and one sentence")
    void usage() {
        assertEquals(2, run("run"));
        assertEquals(2, run("run", "http://127.0.0.1/"));
        assertEquals(2, run("run", good.uri().toString(), "--patience", "soon"));
        assertEquals(2, run("run", good.uri().toString(), "--nonsense"));
        assertEquals(2, run("run", good.uri().toString(), "--only", "nothing*"));
        assertEquals(2, run("run", good.uri().toString(), "--header", "no colon"));
        assertEquals(2, run("client", "--exec", "true"));
        assertEquals(2, run("walk"));
        assertTrue(
                text().contains("testkit run: --patience is 'soon', something like 800ms, 5s or 2m is needed"), text());
    }

    @Test
    @DisplayName("a peer that isn't there, or doesn't echo, has status 3")
    void unreachable() throws IOException {
        try (Socket bound = new Socket()) {
            // So that nobody else gets the port.
            bound.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            assertEquals(3, run("run", "ws://127.0.0.1:" + bound.getLocalPort() + "/"));
        }
        try (TinyServer silent = new TinyServer(Flaws.only(Flaw.NO_VERSION_LIST))) {
            assertEquals(
                    0, run("run", silent.uri().toString(), "--only", "6455-5.2-5/TEXT-of-1", "--only", "*text-of-1"));
        }
    }

    @Test
    @DisplayName("a declared failure is excused, until its time is over or it passes")
    void known() throws IOException {
        String only = "6455-5.5.2-1/2-bytes";
        assertEquals(0, known(bad, only, only + " | no pongs yet | issue 1 | never"));
        assertEquals(0, known(bad, only, "# all of them\n6455-5.5.2-1/* | no pongs yet | | 2999-12-31"));
        assertEquals(1, known(bad, only, only + " | no pongs yet | issue 1 | 2020-01-01"));
        assertEquals(1, known(good, only, only + " | no pongs yet | issue 1 | never"));
        assertEquals(0, known(good, only, only + " | no pongs yet | issue 1 | never | at times"));
        assertEquals(2, known(bad, only, "6455-5.5.2-1/typo | no pongs yet | issue 1 | never"));
        assertEquals(2, known(bad, only, only + " | no pongs yet"));
        assertEquals(2, known(bad, only, only + " | | issue 1 | never"));
        assertTrue(text().contains("was excused until 2020-01-01"), text());
        assertTrue(text().contains("passes, and is declared to fail"), text());
    }

    private int known(TinyServer server, String only, String line) throws IOException {
        Path file = Files.writeString(folder.resolve("known"), line);
        return run("run", server.uri().toString(), "--only", only, "--patience", "300ms", "--known", file.toString());
    }

    @Test
    @DisplayName("reports of all kinds are written, compared, and serve as a baseline")
    void reports() throws IOException {
        String only = "6455-5.5.2-1/12*-bytes";
        Path was = folder.resolve("was");
        Path is = folder.resolve("is");
        run("run", bad.uri().toString(), "--only", only, "--patience", "300ms", "--report", was.toString());
        run("run", good.uri().toString(), "--only", only, "--report", is.toString());
        try (Stream<Path> files = Files.list(was)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(
                    List.of(
                            "badge.json",
                            "index.html",
                            "index.json",
                            "junit.xml",
                            "matrix.md",
                            "report.json",
                            "report.schema.json"),
                    names);
        }
        String before = was.resolve("report.json").toString();
        String after = is.resolve("report.json").toString();
        assertEquals(0, run("diff", before, after));
        assertEquals(1, run("diff", after, before));
        assertEquals(
                0,
                run("report", before, after, "--report", folder.resolve("both").toString()));
        assertEquals(0, run("run", bad.uri().toString(), "--only", only, "--patience", "300ms", "--baseline", before));
        assertEquals(1, run("run", bad.uri().toString(), "--only", only, "--patience", "300ms", "--baseline", after));
        assertEquals(1, run("replay", before, bad.uri().toString(), "--patience", "300ms"));
        assertEquals(0, run("replay", before, good.uri().toString()));
    }

    @Test
    @DisplayName("list names the scenarios, explain says what one sends and what is allowed")
    void explains() {
        assertEquals(0, run("list", "--role", "client", "--only", "6455-5.5.2-1/*"));
        assertTrue(text().contains("6455-5.5.2-1/125-bytes"), text());
        assertEquals(0, run("explain", "6455-5.5.1-1/one-byte-3"));
        assertTrue(text().contains("CLOSE 1 byte"), text());
        assertTrue(text().contains("failed with [1002]"), text());
        assertEquals(0, run("explain", "6455-5.5.1-1"));
        assertEquals(0, run("explain", "6455-4.2.1-1/post"));
        assertEquals(2, run("explain", "6455-0"));
    }

    @Test
    @DisplayName("fuzz finds a failure, makes it small, and replay plays its file again")
    void fuzz() throws IOException {
        assertEquals(0, run("fuzz", good.uri().toString(), "--time", "300ms", "--max-message", "65536"));
        assertEquals(
                1,
                run("fuzz", bad.uri().toString(), "--seed", "5", "--patience", "200ms", "--report", folder.toString()));
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        String smallest = Files.readString(file);
        assertTrue(smallest.split("\"opcode\"", -1).length - 1 <= 3, smallest);
        assertEquals(1, run("replay", file.toString(), bad.uri().toString(), "--patience", "200ms"));
        assertEquals(0, run("replay", file.toString(), good.uri().toString()));
    }

    private int run(String... words) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return Testkit.run(List.of(words), out, out, false);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
