package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosePayloadTest {
    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }

    private static CloseCode refused(ByteBuffer payload) {
        return assertThrows(ProtocolException.class, () -> ClosePayload.parse(payload))
                .code();
    }

    @Test
    @DisplayName("6455-7.1.5-1: an empty payload is 1005, and 1005 is written as an empty payload")
    void none() throws ProtocolException {
        assertEquals(ClosePayload.NONE, ClosePayload.parse(bytes()));
        assertEquals(CloseCode.NO_STATUS_RECEIVED, ClosePayload.NONE.code());
        assertEquals(0, ClosePayload.NONE.toBytes().remaining());
    }

    @Test
    @DisplayName("6455-5.5.1-1: one byte is no close code: 1002")
    void oneByte() {
        for (int value = 0; value < 256; value++) {
            assertEquals(CloseCode.PROTOCOL_ERROR, refused(bytes(value)));
        }
    }

    @Test
    @DisplayName("6455-7.4.2-1: of all codes, those that may not be sent fail with 1002")
    void codes() throws ProtocolException {
        int accepted = 0;
        for (int value = 0; value <= 0xFFFF; value++) {
            ByteBuffer payload = bytes(value >> 8, value, 'x');
            if (CloseCode.of(value).receivable()) {
                assertEquals(new ClosePayload(CloseCode.of(value), "x"), ClosePayload.parse(payload));
                accepted++;
            } else {
                assertEquals(CloseCode.PROTOCOL_ERROR, refused(payload));
            }
        }
        assertEquals(2012, accepted);
    }

    @Test
    @DisplayName("6455-5.5.1-3: a reason that is not UTF-8 fails with 1007, also where it is cut at its end")
    void reasonNotUtf8() {
        assertEquals(CloseCode.INVALID_FRAME_PAYLOAD_DATA, refused(bytes(3, 232, 0xFF)));
        assertEquals(CloseCode.INVALID_FRAME_PAYLOAD_DATA, refused(bytes(3, 232, 'a', 0xE2, 0x82)));
        assertEquals(CloseCode.INVALID_FRAME_PAYLOAD_DATA, refused(bytes(3, 232, 0xED, 0xA0, 0x80)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\uFEFFbom", "nul\u0000", "\uFFFD", "?", "\uD83D\uDE00"})
    @DisplayName("6455-5.5.1-3: any UTF-8 is a reason")
    void reasons(String reason) throws ProtocolException {
        ClosePayload payload = new ClosePayload(CloseCode.of(4321), reason);
        assertEquals(payload, ClosePayload.parse(payload.toBytes()));
        assertNull(ClosePayload.objection(reason));
    }

    @Property(tries = 300)
    @Label("what is written is what is read")
    void roundTrip(@ForAll @IntRange(min = 3000, max = 4999) int code, @ForAll @StringLength(max = 40) String reason)
            throws ProtocolException {
        Assume.that(ClosePayload.objection(reason) == null);
        ClosePayload payload = new ClosePayload(CloseCode.of(code), reason);
        assertEquals(payload, ClosePayload.parse(payload.toBytes()));
    }

    @Test
    @DisplayName("CL-2: a reason has at most 123 bytes of UTF-8")
    void longest() {
        assertNull(ClosePayload.objection("x".repeat(123)));
        assertNull(ClosePayload.objection("\u20AC".repeat(41)));
        assertTrue(said(ClosePayload.objection("x".repeat(124))).contains("124 bytes"));
        assertTrue(said(ClosePayload.objection("\u20AC".repeat(41) + "x")).contains("124 bytes"));
        assertEquals(
                125,
                new ClosePayload(CloseCode.NORMAL_CLOSURE, "x".repeat(123))
                        .toBytes()
                        .remaining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "?\uDC00?", "a\uDE00\uD83D"})
    @DisplayName("CL-2: a reason has no unpaired surrogate")
    void unpaired(String reason) {
        assertTrue(said(ClosePayload.objection(reason)).contains("unpaired surrogate"));
    }

    private static String said(String objection) {
        assertNotNull(objection);
        return objection;
    }

    @Test
    @DisplayName("5.5.1: the code is the first two bytes, in network order")
    void order() {
        ByteBuffer bytes = new ClosePayload(CloseCode.of(0x0BB9), "ok").toBytes();
        assertEquals(ByteBuffer.wrap(new byte[] {0x0B, (byte) 0xB9, 'o', 'k'}), bytes);
        assertEquals("ok", StandardCharsets.UTF_8.decode(bytes.position(2)).toString());
    }
}
