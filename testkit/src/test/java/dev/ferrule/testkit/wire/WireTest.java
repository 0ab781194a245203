package dev.ferrule.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kit's own wire pieces against the RFC's examples and the JDK. */
class WireTest {
    @Test
    void framesOfTheRfcSection57() {
        assertEquals("810548656c6c6f", Frame.text("Hello").encode(Role.SERVER).hex());
        assertEquals(
                "818537fa213d7f9f4d5158",
                Frame.text("Hello").encode(Role.CLIENT).hex());
        assertEquals(
                "010348656c", Frame.text("Hel").notFinal().encode(Role.SERVER).hex());
        assertEquals("80026c6f", Frame.continuation("lo").encode(Role.SERVER).hex());
        assertEquals("890548656c6c6f", Frame.ping("Hello").encode(Role.SERVER).hex());
        assertEquals(
                "8a8537fa213d7f9f4d5158",
                Frame.pong("Hello").encode(Role.CLIENT).hex());
        assertTrue(Frame.binary(Bytes.pattern(256)).encode(Role.SERVER).hex().startsWith("827e0100"));
        assertTrue(Frame.binary(Bytes.pattern(65_536)).encode(Role.SERVER).hex().startsWith("827f0000000000010000"));
    }

    @Test
    void decoderUndoesEncoderInAnyPieces() {
        List<Frame> frames = List.of(
                Frame.text("Hello").withRsv(5).notFinal(),
                Frame.binary(Bytes.pattern(200)).withMasking(new Masking(true, 0x01020304)),
                Frame.ping("x").withForm(LengthForm.BITS_64),
                Frame.binary(Bytes.pattern(70_000)).withMasking(Masking.WRONG));
        for (Role role : Role.values()) {
            Bytes bytes = Bytes.concat(
                    frames.stream().map(frame -> frame.encode(role)).toList());
            FrameDecoder decoder = new FrameDecoder(role);
            List<Bytes> seen = Segmentation.every(7).cut(bytes).stream()
                    .flatMap(part -> decoder.feed(part).stream())
                    .map(frame -> frame.encode(role))
                    .toList();
            assertEquals(bytes, Bytes.concat(seen));
            assertEquals(0, decoder.pending());
        }
    }

    @Test
    void automatonAgreesWithTheJdkOnAllShortSequences() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                for (int third : new int[] {-1, 0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF}) {
                    Bytes two = Bytes.of(first, second);
                    Bytes bytes = third < 0 ? two : two.plus(Bytes.of(third));
                    assertEquals(jdk(bytes), Utf8Automaton.valid(bytes), bytes::hex);
                    Bytes four = bytes.plus(Bytes.of(0x80));
                    assertEquals(jdk(four), Utf8Automaton.valid(four), four::hex);
                }
            }
        }
    }

    @Test
    void acceptOfTheRfcSection13() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", AcceptKey.of("dGhlIHNhbXBsZSBub25jZQ=="));
    }

    @Test
    void monitorSeesWhatIsWrong() {
        FrameMonitor monitor = new FrameMonitor(Role.SERVER);
        List.of(
                        Frame.text("ok"),
                        Frame.text("masked").withMasking(Masking.WRONG),
                        Frame.binary(Bytes.of(1)).withForm(LengthForm.BITS_16),
                        Frame.text("x").withRsv(1),
                        Frame.continuation("lone"),
                        Frame.close(1006, ""),
                        Frame.text("late"))
                .forEach(monitor::accept);
        assertEquals(
                List.of("6455-5.1-3", "6455-5.2-4a", "6455-9-1", "6455-5.4-5", "6455-7.4.1-1", "6455-5.5.1-4"),
                monitor.violations().stream().map(Violation::requirement).toList());
    }

    @Test
    void segmentationCutsAndKeepsAll() {
        Bytes bytes = Bytes.pattern(10);
        assertEquals(List.of(bytes), Segmentation.WHOLE.cut(bytes));
        assertEquals(10, Segmentation.BYTEWISE.cut(bytes).size());
        assertEquals(List.of(3, 3, 3, 1), sizes(Segmentation.every(3), bytes));
        assertEquals(List.of(4, 6), sizes(Segmentation.at(4), bytes));
        assertEquals(List.of(10), sizes(Segmentation.at(40), bytes));
        assertFalse(Segmentation.every(0).cut(bytes).isEmpty());
    }

    private static List<Integer> sizes(Segmentation segmentation, Bytes bytes) {
        return segmentation.cut(bytes).stream().map(Bytes::size).toList();
    }

    private static boolean jdk(Bytes bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        return !decoder.decode(ByteBuffer.wrap(bytes.toArray()), CharBuffer.allocate(8), true)
                .isError();
    }
}
