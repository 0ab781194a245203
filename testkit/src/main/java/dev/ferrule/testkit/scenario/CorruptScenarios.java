package dev.ferrule.testkit.scenario;

import static dev.ferrule.testkit.scenario.OfferScenarios.agreed;
import static dev.ferrule.testkit.scenario.OfferScenarios.compressed;

import dev.ferrule.testkit.deflate.DeflateWriter;
import dev.ferrule.testkit.deflate.Token;
import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compressed messages that are none, and what must be checked after inflation. */
final class CorruptScenarios {
    private static final Bytes HELLO = Bytes.utf8("Hello");

    private final List<Scenario> rows = new ArrayList<>();

    static List<Scenario> all(MessageLimit limit) {
        CorruptScenarios family = new CorruptScenarios();
        family.blocks();
        family.codes();
        family.distances();
        family.ends();
        family.text();
        if (limit.exact() && limit.bytes() <= 1 << 20 && limit.bytes() >= 1024) {
            family.limit((int) limit.bytes());
        }
        return family.rows;
    }

    private void blocks() {
        corrupt("block type 3", new DeflateWriter().bits(6, 3).message());
        corrupt(
                "block type 3 behind a block",
                new DeflateWriter().fixed(HELLO).bits(6, 3).message());
        corrupt(
                "a wrong length of a stored block",
                new DeflateWriter().stored(HELLO, 0).message());
        corrupt(
                "a length equal to its complement",
                new DeflateWriter().stored(HELLO, HELLO.size()).message());
        corrupt("all bits set", Bytes.repeat(0xFF, 20));
        corrupt("text that nobody compressed", Bytes.utf8("not compressed at all"));
    }

    private void codes() {
        // Fixed codes: 286 and 287 are of eight bits, 0xC6 and 0xC7; a distance of 30 or 31 is five bits.
        for (int symbol : List.of(286, 287)) {
            corrupt(
                    "length code " + symbol,
                    new DeflateWriter()
                            .bits(2, 3)
                            .bits(reversed(0xC0 + symbol - 280, 8), 8)
                            .message());
        }
        for (int symbol : List.of(30, 31)) {
            corrupt(
                    "distance code " + symbol,
                    new DeflateWriter()
                            .bits(2, 3)
                            .bits(reversed(0x30 + 'a', 8), 8)
                            .bits(reversed(1, 7), 7)
                            .bits(reversed(symbol, 5), 5)
                            .message());
        }
        corrupt("too many literal codes", header(287, 1, 0, 0, 0, 1, 1));
        corrupt("too many distance codes", header(257, 31, 0, 0, 0, 1, 1));
        corrupt("an oversubscribed code of lengths", header(257, 1, 1, 1, 1, 1));
        corrupt("an incomplete code of lengths", header(257, 1, 0, 0, 0, 2));
        // Long, because zlib notices only that the end of the block has no code.
        DeflateWriter none = dynamic(257, 1, 0, 0, 0, 0);
        for (int i = 0; i < 20; i++) {
            none.bits(0, 30);
        }
        corrupt("no code of lengths at all", none.message());
        // Symbols 16 and 0, of one bit each: the first of them repeats what is not there.
        DeflateWriter repeats = dynamic(257, 1, 1, 0, 0, 1);
        corrupt(
                "a first length that repeats",
                repeats.bits(1, 1).bits(0, 2).bits(0, 30).message());
        DeflateWriter beyond = dynamic(257, 1, 0, 0, 1, 1);
        corrupt(
                "a repetition beyond the last code",
                beyond.bits(1, 1).bits(127, 7).bits(1, 1).bits(127, 7).message());
        DeflateWriter endless = dynamic(257, 1, 0, 0, 1, 1);
        corrupt(
                "no code for the end of the block",
                endless.bits(1, 1)
                        .bits(127, 7)
                        .bits(1, 1)
                        .bits(258 - 138 - 11, 7)
                        .bits(0, 40)
                        .message());
    }

    private void distances() {
        corrupt("a distance before the first byte", copy(new DeflateWriter(), 1).message());
        corrupt(
                "a distance one too far",
                copy(new DeflateWriter().stored(HELLO), 6).message());
        corrupt(
                "the greatest distance",
                copy(new DeflateWriter().stored(HELLO), 32_768).message());
        Frame known = compressed(
                Frame.binary(new DeflateWriter().stored(Bytes.pattern(500)).message()));
        Frame far = compressed(Frame.binary(copy(new DeflateWriter(), 501).message()));
        add("7692-inv-1", "a distance before the first message", known, far);
        for (String parameters : List.of("client_no_context_takeover", "server_no_context_takeover")) {
            Frame back = compressed(Frame.binary(copy(new DeflateWriter(), 500).message()));
            Play.Frames play = play(agreed(parameters), known, back);
            // Who knows that it won't be needed may keep the window all the same.
            rows.add(Scenario.of(
                            Names.id("7692-inv-1", "behind the reset of " + parameters),
                            "a distance into the message before, with " + parameters,
                            new Play.Deflated(play, false))
                    .at(Level.INFO)
                    .needing(Capability.DEFLATE));
        }
    }

    private static DeflateWriter copy(DeflateWriter writer, int distance) {
        return writer.fixed(List.of(Token.copy(10, distance)));
    }

    /** Where a message ends within a block, the RFC says nothing; zlib takes what there is. */
    private void ends() {
        Bytes whole = new DeflateWriter()
                .fixed(Bytes.utf8("a message that is cut off"))
                .message();
        for (int size : List.of(1, 5, whole.size() - 2)) {
            cutOff("cut off after " + size + " bytes", whole.slice(0, size));
        }
        cutOff("without a byte", Bytes.EMPTY);
        cutOff(
                "a stored block that is cut off",
                new DeflateWriter().stored(Bytes.pattern(100)).raw().slice(0, 50));
        cutOff(
                "garbage behind the last block",
                new DeflateWriter().last().fixed(HELLO).bits(0xFFFF, 16).message());
    }

    private void cutOff(String what, Bytes payload) {
        Play.Frames play = play(agreed(""), compressed(Frame.binary(payload)));
        rows.add(Scenario.of(Names.id("7692-inv-1", what), what, new Play.Deflated(play, true))
                .at(Level.INFO)
                .needing(Capability.DEFLATE));
    }

    private void text() {
        for (String hex : List.of("ff", "c3", "ed a0 80", "c0 af", "f4 90 80 80", "61 62 e2 82")) {
            Bytes invalid = new DeflateWriter().fixed(Bytes.hex(hex)).message();
            add("7692-inv-2", "text " + hex, compressed(Frame.text(invalid)));
            add("7692-inv-2", "text " + hex + " in fragments", DeflateScenarios.bytewise(Opcode.TEXT, invalid));
            add("7692-inv-2", "binary " + hex + " is fine", compressed(Frame.binary(invalid)));
        }
        Bytes euro = new DeflateWriter()
                .fixed(Bytes.utf8("\u20ac"))
                .stored(Bytes.utf8("\u20ac"))
                .message();
        add("7692-inv-2", "valid text in fragments", DeflateScenarios.bytewise(Opcode.TEXT, euro));
        Bytes twice = new DeflateWriter()
                .fixed(Token.literals(Bytes.hex("e2 82")))
                .fixed(Token.literals(Bytes.hex("ac")))
                .message();
        add("7692-inv-2", "a character over two blocks", compressed(Frame.text(twice)));
        // Bytes that are no UTF-8 while compressed must not be taken for text.
        add(
                "7692-inv-2",
                "compressed bytes that are no UTF-8",
                compressed(Frame.text(new DeflateWriter()
                        .dynamic(Token.literals(Bytes.utf8("the quick brown fox jumps over the lazy dog")))
                        .message())));
    }

    private void limit(int limit) {
        add("7692-inv-2", "just the limit", compressed(Frame.binary(zeros(limit))));
        add("7692-inv-2", "one byte over the limit", compressed(Frame.binary(zeros(limit + 1))));
        add(
                "7692-inv-2",
                "one byte over the limit in fragments",
                DeflateScenarios.bytewise(Opcode.BINARY, zeros(limit + 1)));
        add("7692-inv-2", "a hundred times the limit", compressed(Frame.binary(zeros(100 * limit))));
        add(
                "7692-inv-2",
                "twice just the limit",
                compressed(Frame.binary(zeros(limit))),
                compressed(Frame.binary(zeros(limit))));
        Frame head = compressed(Frame.binary(zeros(10 * limit))).notFinal();
        Play.Frames endless = new Play.Frames(agreed(""), List.of(Step.send(head, Frame.ping("?"))));
        rows.add(Scenario.of(
                        "7692-inv-2/over-the-limit-and-no-end",
                        "over the limit, and the rest never comes",
                        new Play.Deflated(endless, true))
                .at(Level.INFO)
                .needing(Capability.DEFLATE));
    }

    /** A thousandth of its size. */
    private static Bytes zeros(int size) {
        List<Token> tokens = new ArrayList<>();
        tokens.add(new Token(0, 0));
        int left = size - 1;
        for (; left >= 261; left -= 258) {
            tokens.add(Token.copy(258, 1));
        }
        for (; left > 0; left--) {
            tokens.add(new Token(0, 0));
        }
        return new DeflateWriter().fixed(tokens).message();
    }

    /** Alone, as the second message, and a byte at a time. */
    private void corrupt(String what, Bytes payload) {
        add("7692-inv-1", what, compressed(Frame.binary(payload)));
        Frame good = compressed(Frame.text(new DeflateWriter().fixed(HELLO).message()));
        add("7692-inv-1", what + " in a second text", good, compressed(Frame.text(payload)));
        add("7692-inv-1", what + " in fragments", DeflateScenarios.bytewise(Opcode.BINARY, payload));
    }

    private static Play.Frames play(Opening opening, Frame... frames) {
        List<Frame> all = new ArrayList<>(Arrays.asList(frames));
        all.add(Frame.text(Plays.LATE));
        all.add(Frame.ping(Plays.LATE));
        return new Play.Frames(opening, List.of(Step.send(all.toArray(Frame[]::new))));
    }

    private void add(String requirement, String what, Frame... frames) {
        rows.add(Scenario.of(Names.id(requirement, what), what, new Play.Deflated(play(agreed(""), frames), true))
                .needing(Capability.DEFLATE));
    }

    private static Bytes header(int literals, int distances, int... order) {
        return dynamic(literals, distances, order).bits(0, 32).message();
    }

    /** The header of a dynamic block: how many codes, and the lengths of the symbols 16, 17, 18, 0 and so on. */
    private static DeflateWriter dynamic(int literals, int distances, int... order) {
        DeflateWriter writer = new DeflateWriter()
                .bits(4, 3)
                .bits(literals - 257, 5)
                .bits(distances - 1, 5)
                .bits(Math.max(4, order.length) - 4, 4);
        for (int i = 0; i < Math.max(4, order.length); i++) {
            writer.bits(i < order.length ? order[i] : 0, 3);
        }
        return writer;
    }

    private static int reversed(int code, int length) {
        return Integer.reverse(code) >>> (32 - length);
    }
}
