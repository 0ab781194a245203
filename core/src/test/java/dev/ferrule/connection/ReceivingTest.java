package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Limits;
import dev.ferrule.protocol.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RX-1 to RX-3, RX-6: whole messages, within the limits, and valid. */
class ReceivingTest {
    private static void failed(Rig rig, int code, int messages) {
        assertEquals(code, rig.closed().code().value());
        assertNotNull(rig.closed().cause());
        assertEquals(List.of("close " + code), rig.sent());
        assertEquals(2 + messages, rig.events().size(), () -> rig.events().toString());
    }

    @Property(tries = 200)
    @Label("RX-1: whole messages, however they are fragmented and the bytes are cut")
    void wholeMessages(
            @ForAll @Size(min = 1, max = 5) List<@Size(max = 4) List<@IntRange(max = 400) Integer>> messages,
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 300) Integer> cuts) {
        Rig rig = Rig.server().open();
        List<byte[]> frames = new ArrayList<>();
        List<String> expected = new ArrayList<>(List.of("open"));
        char letter = 'a';
        for (List<Integer> fragments : messages) {
            StringBuilder whole = new StringBuilder();
            for (int i = 0; i < fragments.size(); i++) {
                String piece = String.valueOf(letter++).repeat(fragments.get(i) / 2) + "\u20AC";
                whole.append(piece);
                byte[] bytes = Wire.utf8(piece);
                // The last character is cut between the fragments.
                frames.add(rig.peer.frame(i == 0 ? 0x01 : 0x00, Arrays.copyOf(bytes, bytes.length - 1)));
                frames.add(rig.peer.ping(""));
                frames.add(rig.peer.frame(0x00, new byte[] {bytes[bytes.length - 1]}));
            }
            frames.add(rig.peer.frame(fragments.isEmpty() ? 0x81 : 0x80, new byte[0]));
            expected.add("text " + (whole.length() > 64 ? whole.length() + " chars" : whole));
        }
        byte[] all = Wire.join(frames.toArray(byte[][]::new));
        int from = 0;
        for (int cut : cuts) {
            int to = Math.min(all.length, from + cut);
            rig.receive(Arrays.copyOfRange(all, from, to));
            from = to;
        }
        rig.receive(Arrays.copyOfRange(all, from, all.length));
        assertEquals(expected, rig.events());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    @DisplayName("RX-1: a message larger than the buffers, byte by byte at its beginning")
    void large(Role role) {
        Rig rig = Rig.of(
                        role,
                        Limits.builder()
                                .messageBytes(1 << 20)
                                .frameBytes(1 << 20)
                                .build())
                .open();
        byte[] payload = new byte[700_000];
        Arrays.fill(payload, (byte) 'x');
        byte[] frame = rig.peer.frame(0x81, payload);
        for (int i = 0; i < 20; i++) {
            rig.receive(new byte[] {frame[i]});
        }
        rig.receive(Arrays.copyOfRange(frame, 20, frame.length));
        rig.receive(rig.peer.text("next"));
        assertEquals(List.of("open", "text 700000 chars", "text next"), rig.events());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x81, 0x82})
    @DisplayName("RX-2: a message of the limit passes, one byte more fails with 1009")
    void limitInOneFrame(int first) {
        Rig rig = Rig.server(Limits.builder().messageBytes(1000)).open();
        rig.receive(rig.peer.frame(first, new byte[1000]));
        assertEquals(2, rig.events().size());
        rig.receive(rig.peer.frame(first, new byte[1001]));
        failed(rig, 1009, 1);
    }

    @Test
    @DisplayName("RX-2: the limit counts over fragments, and acts at the header that announces too much")
    void limitOverFragments() {
        Rig rig = Rig.server(Limits.builder().messageBytes(1000)).open();
        rig.receive(rig.peer.frame(0x02, new byte[600]), rig.peer.frame(0x80, new byte[400]));
        assertEquals(List.of("open", "binary 1000 bytes"), rig.events());
        rig.receive(rig.peer.frame(0x02, new byte[600]), rig.peer.header(0x80, 401));
        failed(rig, 1009, 1);
    }

    @Test
    @DisplayName("RX-2: a frame over its own limit fails with 1009 at its header")
    void frameLimit() {
        Rig rig =
                Rig.server(Limits.builder().messageBytes(1000).frameBytes(100)).open();
        rig.receive(rig.peer.frame(0x02, new byte[100]), rig.peer.frame(0x80, new byte[100]));
        assertEquals(List.of("open", "binary 200 bytes"), rig.events());
        rig.receive(rig.peer.header(0x82, 101));
        failed(rig, 1009, 1);
    }

    @Test
    @DisplayName("RX-2: a frame that announces 2^62 bytes fails at once")
    void hugeFrame() {
        Rig rig = Rig.server().open();
        rig.receive(rig.peer.header(0x82, 1L << 62));
        failed(rig, 1009, 0);
    }

    @Test
    @DisplayName("RX-3: text that is not UTF-8 fails with 1007, in one frame or in fragments")
    void invalidText() {
        byte[] invalid = {'a', (byte) 0xC3, 'b'};
        Rig whole = Rig.server().open();
        whole.receive(whole.peer.frame(0x81, invalid));
        failed(whole, 1007, 0);
        Rig fragments = Rig.server().open();
        fragments.receive(fragments.peer.frame(0x01, new byte[] {'a', (byte) 0xC3}));
        assertEquals(List.of("open"), fragments.events());
        fragments.receive(fragments.peer.frame(0x00, new byte[] {'b'}));
        failed(fragments, 1007, 0);
    }

    @Test
    @DisplayName("RX-3: invalid text is seen at the piece that breaks it, before its frame has arrived")
    void invalidPiece() {
        Rig rig = Rig.server().open();
        byte[] frame = rig.peer.frame(0x81, Wire.join(new byte[] {(byte) 0xF4, (byte) 0x90}, new byte[500]));
        rig.receive(Arrays.copyOf(frame, 50));
        failed(rig, 1007, 0);
    }

    @Test
    @DisplayName("6455-8.1-2: text that ends inside of a character fails with 1007")
    void truncatedText() {
        for (int fragments = 1; fragments <= 2; fragments++) {
            Rig rig = Rig.server().open();
            byte[] stub = {(byte) 0xE2, (byte) 0x82};
            if (fragments == 1) {
                rig.receive(rig.peer.frame(0x81, stub));
            } else {
                rig.receive(rig.peer.frame(0x01, stub), rig.peer.frame(0x80, new byte[0]));
            }
            failed(rig, 1007, 0);
        }
    }

    @Test
    @DisplayName("6455-8.1-5, 6455-5.6-2: what is no UTF-8 is fine in a binary message, and leaves nothing behind")
    void binaryIsUntouched() {
        Rig rig = Rig.server().open();
        rig.receive(rig.peer.binary((byte) 0xE2, (byte) 0x82), rig.peer.frame(0x02, new byte[] {(byte) 0xFF}));
        rig.receive(rig.peer.frame(0x80, new byte[] {(byte) 0xC3}), rig.peer.text("\u20AC"));
        assertEquals(List.of("open", "binary e282", "binary ffc3", "text \u20AC"), rig.events());
        assertTrue(rig.sent().isEmpty());
    }

    @Test
    @DisplayName("RX-6: a message of the limit of fragments passes, one more fails with 1008, empty ones too")
    void fragmentLimit() {
        Rig rig = Rig.server(Limits.builder().fragments(3)).open();
        byte[] nothing = {};
        rig.receive(rig.peer.frame(0x01, nothing), rig.peer.frame(0x00, nothing), rig.peer.frame(0x80, nothing));
        assertEquals(List.of("open", "text "), rig.events());
        rig.receive(rig.peer.frame(0x01, nothing), rig.peer.frame(0x00, nothing), rig.peer.frame(0x00, nothing));
        rig.receive(rig.peer.header(0x00, 0));
        failed(rig, 1008, 1);
    }

    @Test
    @DisplayName("RX-6: control frames beyond the burst fail with 1008")
    void controlFlood() {
        Rig rig = Rig.server(Limits.builder().controlFrameBurst(10).controlFramesPerSecond(1))
                .open();
        for (int i = 0; i < 10; i++) {
            rig.receive(i % 2 == 0 ? rig.peer.ping("") : rig.peer.pong(""));
        }
        assertEquals(5, rig.sent().size());
        rig.transport.feed(Wire.join(rig.peer.ping(""), rig.peer.ping("")));
        rig.executor.runAll();
        assertEquals(1008, rig.closed().code().value());
        assertEquals("close 1008", rig.sent().get(rig.sent().size() - 1));
    }
}
