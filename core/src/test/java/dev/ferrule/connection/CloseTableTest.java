package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.CloseEvent;
import dev.ferrule.Limits;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of the contract: what happened, what goes on the wire, and what the CloseEvent says. */
class CloseTableTest {
    @RegisterExtension
    final Log log = new Log();

    private static final Limits SHORT = Limits.builder()
            .closeTimeout(Duration.ofMillis(20))
            .writeTimeout(Duration.ofMillis(20))
            .messageBytes(100)
            .build();

    private static Arguments row(String happened, String wire, String event, Consumer<Rig> script) {
        return Arguments.of(happened, wire.isEmpty() ? List.of() : List.of(wire), event, script);
    }

    private static Consumer<Rig> peerCloses(int code, String reason) {
        return rig -> rig.receive(rig.peer.close(code, reason));
    }

    private static Consumer<Rig> weClose(int code, Consumer<Rig> answer) {
        return rig -> {
            rig.connection.close(CloseCode.of(code), "ours");
            answer.accept(rig);
        };
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                row("peer closed", "close 4000", "4000 'why' PEER clean", peerCloses(4000, "why")),
                row("peer sent no code", "close", "1005 '' PEER clean", rig -> rig.receive(rig.peer.close())),
                row("peer's code may not be sent", "close 1002", "1002 '' LOCAL cause .+", peerCloses(1005, "why")),
                row(
                        "peer's code is one byte",
                        "close 1002",
                        "1002 '' LOCAL cause .+",
                        rig -> rig.receive(rig.peer.frame(0x88, new byte[] {3}))),
                row(
                        "peer's reason is no UTF-8",
                        "close 1007",
                        "1007 '' LOCAL cause .+",
                        rig -> rig.receive(rig.peer.frame(0x88, new byte[] {3, (byte) 232, (byte) 0xFF}))),
                row(
                        "we closed, answered",
                        "close 4001 ours",
                        "4002 'theirs' LOCAL clean",
                        weClose(4001, peerCloses(4002, "theirs"))),
                row(
                        "we closed, answered without a code",
                        "close 4001 ours",
                        "1005 '' LOCAL clean",
                        weClose(4001, rig -> rig.receive(rig.peer.close()))),
                row(
                        "we closed, no answer in time",
                        "close 4001 ours",
                        "1006 '' TRANSPORT cause close timeout.+",
                        weClose(4001, rig -> {})),
                row(
                        "protocol error",
                        "close 1002",
                        "1002 '' LOCAL cause .+",
                        rig -> rig.receive(rig.peer.frame(0x80, new byte[0]))),
                row(
                        "text is no UTF-8",
                        "close 1007",
                        "1007 '' LOCAL cause .+",
                        rig -> rig.receive(rig.peer.frame(0x81, new byte[] {(byte) 0xFF}))),
                row("too big", "close 1009", "1009 '' LOCAL cause .+", rig -> rig.receive(rig.peer.header(0x82, 101))),
                row("callback threw", "close 1011", "1011 '' LOCAL cause .+", rig -> {
                    rig.endpoint.onText = (connection, text) -> {
                        throw new IOException("secret");
                    };
                    rig.receive(rig.peer.text("a"));
                }),
                row("write timeout", "", "1006 '' TRANSPORT cause write timeout.+", rig -> {
                    rig.transport.takeNothing();
                    rig.connection.send("a");
                }),
                row("end of stream", "", "1006 '' TRANSPORT cause end of the stream.+", rig -> {
                    rig.transport.feedEnd();
                    rig.executor.runAll();
                }),
                row(
                        "reset",
                        "",
                        "1006 '' TRANSPORT cause reset",
                        rig -> rig.transport.breakDown(new IOException("reset"))),
                row("abort", "", "1006 '' LOCAL", rig -> rig.connection.abort()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    @DisplayName("the table of close events, row by row")
    void table(String happened, List<String> wire, String event, Consumer<Rig> script) {
        for (Role role : Role.values()) {
            Rig rig = Rig.of(role, SHORT).open();
            script.accept(rig);
            rig.executor.runUntil(() -> rig.endpoint.closed != null);
            assertEquals(wire, rig.sent(), happened + ", " + role);
            assertTrue(show(rig.closed()).matches(event), () -> happened + ", " + role + ": " + show(rig.closed()));
        }
    }

    private static String show(CloseEvent event) {
        return event.code().value() + " '" + event.reason() + "' " + event.initiator()
                + (event.clean() ? " clean" : "")
                + (event.cause() == null ? "" : " cause " + event.cause().getMessage());
    }

    @Test
    @DisplayName("CL-3, 6455-7.4.2-1: valid codes are answered with themselves, others with 1002")
    void allCodes() {
        int valid = 0;
        for (int code = 0; code <= 0xFFFF; code += code < 5100 ? 1 : 97) {
            boolean ok =
                    (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
            Rig rig = Rig.server().open();
            rig.receive(rig.peer.close(code, ""));
            assertEquals(List.of("close " + (ok ? code : 1002)), rig.sent());
            assertEquals(
                    ok ? "close " + code + " PEER" : "close 1002 LOCAL",
                    rig.events().get(1));
            valid += ok ? 1 : 0;
        }
        assertEquals(2012, valid);
    }

    @Test
    @DisplayName("CB-2: a stream that ends behind our Close is 1006, one that ends behind both is clean")
    void endBehindClose() {
        Rig rig = Rig.server().open();
        rig.connection.close();
        rig.transport.feedEnd();
        rig.executor.runAll();
        assertEquals(List.of("open", "close 1006 TRANSPORT"), rig.events());
        Rig clean = Rig.client().open();
        clean.connection.close();
        clean.receive(clean.peer.close(1000, ""));
        clean.transport.feedEnd();
        clean.executor.runAll();
        assertEquals(List.of("open", "close 1000 LOCAL"), clean.events());
    }
}
