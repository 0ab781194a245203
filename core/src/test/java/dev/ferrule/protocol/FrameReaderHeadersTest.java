package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 6455-5.2-6: all 1,536 headers, idle and inside of a message, on both roles, against a table. */
class FrameReaderHeadersTest {
    private static final long LIMIT = 1 << 20;

    @ParameterizedTest
    @CsvSource({"SERVER,false", "SERVER,true", "CLIENT,false", "CLIENT,true"})
    @DisplayName("6455-5.2-6: every combination of FIN, RSV, opcode, MASK and form of the length")
    void all(Role role, boolean inMessage) {
        int seen = 0;
        for (int first = 0; first < 256; first++) {
            for (boolean masked : new boolean[] {false, true}) {
                for (int form : new int[] {0, 126, 127}) {
                    seen++;
                    assertEquals(
                            expected(role, inMessage, first, masked, form),
                            actual(role, inMessage, first, masked, form),
                            Integer.toHexString(first));
                }
            }
        }
        assertEquals(1536, seen);
    }

    /** The shortest payload that may be announced in each form. */
    private static int length(int form) {
        return form == 0 ? 3 : form == 126 ? 126 : 65536;
    }

    private static List<String> actual(Role role, boolean inMessage, int first, boolean masked, int form) {
        boolean right = role == Role.SERVER;
        byte[] before = inMessage ? Reading.frame(0x02, right) : new byte[0];
        byte[] header = Reading.header(first, masked, form, length(form));
        List<String> lines = new ArrayList<>(Reading.of(role, LIMIT, before, header, new byte[length(form)]));
        if (inMessage) {
            assertEquals("BINARY first 0 ", lines.remove(0));
        }
        lines.replaceAll(line -> line.replaceFirst(" at byte .*", "").replaceFirst("( \\d+) .*", "$1"));
        return lines;
    }

    /** The rules of sections 5.1 to 5.5, one after another, written for this test alone. */
    private static List<String> expected(Role role, boolean inMessage, int first, boolean masked, int form) {
        String[] names = {
            "CONTINUATION next",
            "TEXT first",
            "BINARY first",
            "",
            "",
            "",
            "",
            "",
            "CLOSE",
            "PING",
            "PONG",
            "",
            "",
            "",
            "",
            ""
        };
        boolean fin = first >= 128;
        int opcode = first % 16;
        boolean rsv = first / 16 % 8 != 0;
        boolean control = opcode > 7;
        boolean broken = rsv
                || names[opcode].isEmpty()
                || masked != (role == Role.SERVER)
                || (control && (!fin || form != 0))
                || (opcode == 0 && !inMessage)
                || (!control && opcode != 0 && inMessage);
        return List.of(broken ? "error 1002" : names[opcode] + (fin ? " fin " : " ") + length(form));
    }
}
