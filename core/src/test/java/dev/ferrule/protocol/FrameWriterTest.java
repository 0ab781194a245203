package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameWriterTest {
    private static byte[] write(boolean fin, Opcode opcode, long length, boolean masked, int key) {
        ByteBuffer to = ByteBuffer.allocate(FrameWriter.MAX_HEADER_BYTES);
        if (masked) {
            FrameWriter.maskedHeader(to, fin, opcode, length, key);
        } else {
            FrameWriter.header(to, fin, opcode, length);
        }
        byte[] bytes = new byte[to.position()];
        to.flip().get(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,0",
        "125,0",
        "126,126",
        "127,126",
        "128,126",
        "32768,126",
        "65535,126",
        "65536,127",
        "65537,127",
        "2147483648,127",
        "9223372036854775807,127"
    })
    @DisplayName("6455-5.2-4a: the length has its shortest form")
    void shortest(long length, int form) {
        assertArrayEquals(Reading.header(0x82, false, form, length), write(true, Opcode.BINARY, length, false, 0));
        assertArrayEquals(
                Reading.header(0x01, true, form, length), write(false, Opcode.TEXT, length, true, Reading.KEY));
    }

    @Property(tries = 500)
    @Label("what is written is what is read, and headerBytes says how long it is")
    void roundTrip(
            @ForAll boolean fin,
            @ForAll Opcode opcode,
            @ForAll("lengths") long length,
            @ForAll boolean masked,
            @ForAll int key)
            throws ProtocolException {
        boolean allowed = !opcode.control() || (fin && length <= 125);
        byte[] header = write(fin || !allowed, opcode, allowed ? length : 125, masked, key);
        FrameReader reader = new FrameReader(masked ? Role.SERVER : Role.CLIENT, Long.MAX_VALUE);
        if (opcode == Opcode.CONTINUATION) {
            reader.readHeader(ByteBuffer.wrap(write(false, Opcode.TEXT, 0, masked, key)));
        }
        assertEquals(FrameWriter.headerBytes(allowed ? length : 125, masked), header.length);
        assertTrue(reader.readHeader(ByteBuffer.wrap(header)));
        assertEquals(opcode, reader.opcode());
        assertEquals(fin || !allowed, reader.fin());
        assertEquals(allowed ? length : 125, reader.length());
        assertEquals(reader.length(), reader.remaining());
    }

    @Provide
    Arbitrary<Long> lengths() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 130),
                Arbitraries.longs().between(65530, 65540),
                Arbitraries.longs().between(0, Long.MAX_VALUE));
    }
}
