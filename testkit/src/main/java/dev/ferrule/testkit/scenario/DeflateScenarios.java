package dev.ferrule.testkit.scenario;

import static dev.ferrule.testkit.scenario.OfferScenarios.agreed;
import static dev.ferrule.testkit.scenario.OfferScenarios.compressed;

import dev.ferrule.testkit.deflate.DeflateWriter;
import dev.ferrule.testkit.deflate.Deflation;
import dev.ferrule.testkit.deflate.Token;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.ArrayList;
import java.util.List;

/** Compressed messages that are right, and where RSV1 may stand: RFC 7692 sections 6 and 7.2. */
final class DeflateScenarios {
    private static final Bytes HELLO = Bytes.utf8("Hello");
    /** Neighbouring blocks are unlike, so that only the whole can be repeated. */
    private static final Bytes UNLIKE = Bytes.pattern(1000);

    private final List<Scenario> rows = new ArrayList<>();

    static List<Scenario> all() {
        DeflateScenarios family = new DeflateScenarios();
        family.examples();
        family.blocks();
        family.fragments();
        family.window();
        family.reservedBit();
        family.output();
        return family.rows;
    }

    /** RFC 7692 section 7.2.3, byte for byte, each with messages behind it. */
    private void examples() {
        example("one block", "f2 48 cd c9 c9 07 00");
        example("no compression", "00 05 00 fa ff 48 65 6c 6c 6f 00");
        example("a block with BFINAL", "f3 48 cd c9 c9 07 00 00");
        example("two blocks", "f2 48 05 00 00 00 ff ff ca c9 c9 07 00");
        add("7692-7.2.1-2", "an empty message", text(Bytes.hex("00")), text(fixed(HELLO)), text(Bytes.hex("00")));
        add("7692-7.2.1-2", "an empty message of a fixed block", text(Bytes.hex("02 00")), text(fixed(HELLO)));
        Frame first = compressed(Frame.text(Bytes.hex("f2 48 cd"))).notFinal();
        add("7692-7.2.2-1", "the RFC's fragmented message", first, Frame.continuation(Bytes.hex("c9 c9 07 00")));
        add(
                "7692-7.2.3.2",
                "the RFC's two messages",
                text(Bytes.hex("f2 48 cd c9 c9 07 00")),
                text(Bytes.hex("f2 00 11 00 00")));
    }

    private void example(String what, String hex) {
        add("7692-7.2.1-2", "the RFC's " + what, text(Bytes.hex(hex)), text(fixed(HELLO)), Frame.text("plain"));
    }

    private void blocks() {
        List<Token> tokens = new Deflation(false, 15).tokens(Bytes.utf8("a block, a block, and another block"));
        DeflateWriter fixed = new DeflateWriter().fixed(tokens);
        add("7692-7.2.1-2", "a fixed block", text(fixed.message()));
        add(
                "7692-7.2.1-2",
                "a dynamic block",
                text(new DeflateWriter().dynamic(tokens).message()));
        add(
                "7692-7.2.1-2",
                "a dynamic block without distances",
                text(new DeflateWriter().dynamic(Token.literals(HELLO)).message()));
        add(
                "7692-7.2.1-2",
                "blocks of all types",
                text(new DeflateWriter()
                        .stored(HELLO)
                        .fixed(HELLO)
                        .dynamic(Token.literals(HELLO))
                        .stored(HELLO)
                        .message()));
        add(
                "7692-7.2.1-2",
                "a stored block of 60000 bytes",
                60_000,
                binary(new DeflateWriter().stored(Bytes.pattern(60_000)).message()));
        add(
                "7692-7.2.1-2",
                "a hundred empty blocks",
                text(emptyBlocks(100).fixed(HELLO).message()));
        add(
                "7692-7.2.1-2",
                "an empty stored block in the middle",
                text(new DeflateWriter()
                        .fixed(HELLO)
                        .stored(Bytes.EMPTY)
                        .fixed(HELLO)
                        .message()));
        for (String kind : List.of("stored", "fixed", "dynamic")) {
            Frame last = text(block(new DeflateWriter().last(), kind).message());
            Frame next = text(fixed(Bytes.utf8("the next one")));
            add("7692-7.2.1-2", "BFINAL on a " + kind + " block, then more messages", last, next, last, next);
            Frame middle =
                    text(block(new DeflateWriter().last(), kind).fixed(HELLO).message());
            add("7692-7.2.1-2", "BFINAL on a " + kind + " block, then another block", middle, next);
        }
        add("7692-7.2.1-2", "all byte values", binary(fixed(everyByte())));
        add(
                "7692-7.2.1-2",
                "all byte values in a dynamic block",
                binary(new DeflateWriter().dynamic(Token.literals(everyByte())).message()));
        add(
                "7692-7.2.1-2",
                "the longest repetition",
                binary(new DeflateWriter()
                        .fixed(List.of(new Token(7, 0), Token.copy(258, 1), Token.copy(3, 1)))
                        .message()));
    }

    private static DeflateWriter emptyBlocks(int count) {
        DeflateWriter writer = new DeflateWriter();
        for (int i = 0; i < count; i++) {
            writer.fixed(Bytes.EMPTY);
        }
        return writer;
    }

    private static DeflateWriter block(DeflateWriter writer, String kind) {
        return switch (kind) {
            case "stored" -> writer.stored(HELLO);
            case "fixed" -> writer.fixed(HELLO);
            default -> writer.dynamic(Token.literals(HELLO));
        };
    }

    private void fragments() {
        Bytes payload = new DeflateWriter()
                .fixed(HELLO)
                .stored(HELLO)
                .dynamic(Token.literals(HELLO))
                .message();
        List<Play.Frames> cuts = new ArrayList<>();
        for (int i = 0; i <= payload.size(); i++) {
            Frame head = compressed(Frame.text(payload.slice(0, i))).notFinal();
            Frame tail = Frame.continuation(payload.slice(i, payload.size()));
            cuts.add(echo(agreed(""), head, Frame.ping("inside"), tail));
        }
        for (int i = 0; i < cuts.size(); i++) {
            add("7692-7.2.2-1", "cut after byte " + i, new Play.Deflated(cuts.get(i), true), 0);
        }
        add("7692-7.2.2-1", "a fragment for each byte", bytewise(Opcode.TEXT, payload));
        add("7692-7.2.2-1", "a fragment for each byte of a binary message", bytewise(Opcode.BINARY, payload));
        add(
                "7692-7.2.2-1",
                "empty fragments everywhere",
                compressed(Frame.text("")).notFinal(),
                Frame.continuation(payload.slice(0, 3)).notFinal(),
                Frame.continuation("").notFinal(),
                Frame.continuation(payload.slice(3, payload.size())).notFinal(),
                Frame.continuation(""));
        Frame[] segmented = {text(payload), Frame.ping("?"), Frame.text("plain"), text(payload)};
        Play.Frames bytes =
                new Play.Frames(agreed(""), List.of(Step.send(Segmentation.BYTEWISE, segmented), Step.barrier()));
        add("7692-7.2.2-1", "byte by byte", new Play.Deflated(bytes, true), 0);
        Play.Frames early = new Play.Frames(agreed("").behind(segmented), List.of(Step.barrier()));
        rows.add(Scenario.of(
                        "7692-7.2.2-1/behind-the-handshake",
                        "right behind the handshake",
                        new Play.Deflated(early, true))
                .needing(java.util.Set.of(Capability.DEFLATE, Capability.EARLY_FRAMES)));
    }

    private void window() {
        Frame known = binary(fixed(UNLIKE));
        Frame again = binary(new DeflateWriter()
                .fixed(List.of(Token.copy(258, 1000), Token.copy(258, 1000), Token.copy(3, 1000)))
                .message());
        add("7692-7.2.3.2", "the second message repeats the first", known, again);
        add("7692-7.2.3.2", "a message between them", known, Frame.binary(Bytes.pattern(300)), again);
        add(
                "7692-7.2.3.2",
                "empty messages between them",
                known,
                binary(Bytes.hex("00")),
                binary(Bytes.hex("00")),
                again);
        add("7692-7.2.3.2", "a ping between them", known, Frame.ping("?"), again);
        add(
                "7692-7.2.3.2",
                "through a block with BFINAL",
                known,
                binary(new DeflateWriter()
                        .last()
                        .fixed(List.of(Token.copy(100, 1000)))
                        .fixed(List.of(Token.copy(100, 1000)))
                        .message()));
        for (int distance : List.of(1, 255, 256, 257, 4096, 16_384, 32_767, 32_768)) {
            Bytes noise = Bytes.pattern(distance);
            add(
                    "7692-7.2.3.2",
                    "distance " + distance + " over two messages",
                    distance,
                    binary(new DeflateWriter().stored(noise).message()),
                    binary(new DeflateWriter()
                            .fixed(List.of(Token.copy(100, distance)))
                            .message()));
        }
        add("7692-6-2", "plain between compressed", text(fixed(HELLO)), Frame.text("plain"), text(fixed(HELLO)));
        add("7692-6-2", "plain alone", Frame.text("plain"), Frame.binary(Bytes.pattern(300)));
        add(
                "7692-6-2",
                "plain in fragments",
                Frame.text("pl").notFinal(),
                Frame.continuation("ain"),
                text(fixed(HELLO)));
        add("7692-6-2", "plain is not in the window", known, Frame.binary(Bytes.pattern(5000)), again);
    }

    private void reservedBit() {
        Bytes payload = fixed(HELLO);
        Frame head = compressed(Frame.text(payload.slice(0, 3))).notFinal();
        Frame tail = Frame.continuation(payload.slice(3, payload.size()));
        fails("7692-6-1", "on a continuation", head, compressed(tail));
        fails(
                "7692-6-1",
                "on a continuation of a plain message",
                Frame.text("pl").notFinal(),
                compressed(tail));
        for (Frame control : List.of(Frame.ping("p"), Frame.pong("p"), Frame.close(1000, ""))) {
            String name = Opcode.name(control.opcode());
            fails("7692-6-1", "on " + name, compressed(control));
            fails("7692-6-1", "on " + name + " inside a message", head, compressed(control));
        }
        for (int rsv : List.of(1, 2, 3, 5, 6, 7)) {
            fails(
                    "7692-6-1",
                    "bits " + rsv + " on a message",
                    Frame.text(payload).withRsv(rsv));
        }
        fails("7692-6-1", "on a continuation of nothing", compressed(tail));
        fails("7692-6-1", "on a reserved opcode", compressed(Frame.of(0x3, payload)));
    }

    /** What comes back is judged whatever the scenario is about; here it has a reason to be compressed. */
    private void output() {
        Bytes noise = Bytes.pattern(3000);
        Bytes rich = Bytes.concat(List.of(noise, noise, noise, noise));
        for (String requirement : List.of("7692-7.2.1-1", "7692-7.1.1.1", "7692-7.1.1.2")) {
            String parameters =
                    requirement.endsWith("1.1.1") ? "server_no_context_takeover" : "client_no_context_takeover";
            String agreed = requirement.endsWith("2.1-1") ? "" : parameters;
            Play.Frames play = echo(
                    agreed(agreed),
                    Frame.text("again and again and again and again"),
                    Frame.text("again and again and again and again"),
                    Frame.text(""),
                    Frame.binary(rich),
                    Frame.binary(rich),
                    text(fixed(Bytes.utf8("again and again and again"))),
                    Frame.text("again and again and again and again"));
            add(requirement, "the same again and again", new Play.Deflated(play, agreed.isEmpty()), rich.size());
        }
        for (int bits = 8; bits <= 15; bits++) {
            window("7692-7.1.2.1", "server_max_window_bits=" + bits);
            window("7692-7.1.2.2", "client_max_window_bits=" + bits);
        }
        window("7692-7.1.2.1", "server_max_window_bits=9; server_no_context_takeover");
    }

    /** A sender that forgets its smaller window finds all of this again, further back than agreed. */
    private void window(String requirement, String parameters) {
        List<Frame> frames = new ArrayList<>();
        for (int period : List.of(300, 600, 1200, 2500, 5000, 10_000, 20_000)) {
            Bytes noise = Bytes.pattern(period);
            frames.add(Frame.binary(noise.plus(noise)));
            frames.add(Frame.binary(noise));
        }
        Play.Frames play = echo(agreed(parameters), frames.toArray(Frame[]::new));
        add(requirement, parameters, new Play.Deflated(play, false), 40_000);
    }

    private static Play.Frames echo(Opening opening, Frame... frames) {
        return new Play.Frames(opening, List.of(Step.send(frames), Step.barrier()));
    }

    private void fails(String requirement, String what, Frame... frames) {
        List<Frame> all = new ArrayList<>(List.of(frames));
        all.add(Frame.text(Plays.LATE));
        all.add(Frame.ping(Plays.LATE));
        Play.Frames play = new Play.Frames(
                agreed(""),
                List.of(Step.send(text(fixed(HELLO))), Step.barrier(), Step.send(all.toArray(Frame[]::new))));
        add(requirement, what, new Play.Deflated(play, true), 0);
    }

    private void add(String requirement, String what, Frame... frames) {
        add(requirement, what, 0, frames);
    }

    private void add(String requirement, String what, long size, Frame... frames) {
        add(requirement, what, new Play.Deflated(echo(agreed(""), frames), true), size);
    }

    private void add(String requirement, String what, Play play, long size) {
        rows.add(
                Scenario.of(Names.id(requirement, what), what, play).sized(size).needing(Capability.DEFLATE));
    }

    private static Bytes everyByte() {
        return Bytes.of(java.util.stream.IntStream.range(0, 256).toArray());
    }

    private static Bytes fixed(Bytes message) {
        return new DeflateWriter().fixed(message).message();
    }

    private static Frame text(Bytes payload) {
        return compressed(Frame.text(payload));
    }

    private static Frame binary(Bytes payload) {
        return compressed(Frame.binary(payload));
    }

    static Frame[] bytewise(int opcode, Bytes payload) {
        Frame[] frames = new Frame[payload.size()];
        for (int i = 0; i < frames.length; i++) {
            Frame frame = Frame.of(i == 0 ? opcode : Opcode.CONTINUATION, payload.slice(i, i + 1));
            frames[i] = (i == 0 ? compressed(frame) : frame).withFin(i == frames.length - 1);
        }
        return frames;
    }
}
