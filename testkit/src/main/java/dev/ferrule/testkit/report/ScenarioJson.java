package dev.ferrule.testkit.report;

import dev.ferrule.testkit.scenario.Opening;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.scenario.Step;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.LengthForm;
import dev.ferrule.testkit.wire.Masking;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A scenario of frames behind an ordinary opening handshake, as JSON that can be kept beside a bug report and played
 * again. Generated scenarios are of this kind.
 */
public final class ScenarioJson {
    /** The name of the format, and its version. */
    public static final String FORMAT = "ferrule-testkit-scenario-1";

    private ScenarioJson() {}

    /**
     * {@return the scenario as JSON}
     *
     * @param scenario one that {@link #writable}
     */
    public static String write(Scenario scenario) {
        Play.Frames play = (Play.Frames) scenario.play();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("id", scenario.id());
        json.put("what", scenario.what());
        json.put("steps", play.steps().stream().map(ScenarioJson::step).toList());
        return Json.write(json);
    }

    /**
     * {@return whether this form can hold the scenario}
     *
     * @param scenario any scenario
     */
    public static boolean writable(Scenario scenario) {
        return scenario.play() instanceof Play.Frames play && play.opening().equals(Opening.CORRECT);
    }

    /**
     * {@return a scenario that was written as JSON}
     *
     * @param text the JSON
     * @throws IllegalArgumentException if it is no such scenario
     */
    public static Scenario read(String text) {
        if (!(Json.read(text) instanceof Map<?, ?> json) || !FORMAT.equals(json.get("format"))) {
            throw new IllegalArgumentException("no scenario of the format " + FORMAT);
        }
        List<Step> steps = new ArrayList<>();
        for (Object step : Json.member(json, "steps", List.class)) {
            steps.add(step(object(step)));
        }
        return Scenario.of(
                Json.member(json, "id", String.class),
                Json.member(json, "what", String.class),
                new Play.Frames(Opening.CORRECT, steps));
    }

    private static Map<String, Object> step(Step step) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (step instanceof Step.Send send) {
            json.put("do", "send");
            json.put("segments", send.cut().sizes());
            json.put("repeating", send.cut().repeating());
            json.put("frames", send.frames().stream().map(ScenarioJson::frame).toList());
        } else if (step instanceof Step.SendPart part) {
            json.put("do", "send part");
            json.put("bytes", part.bytes());
            json.put("frame", frame(part.frame()));
        } else {
            json.put("do", step instanceof Step.Barrier ? "barrier" : step instanceof Step.Finish ? "finish" : "reset");
        }
        return json;
    }

    private static Step step(Map<?, ?> json) {
        String word = Json.member(json, "do", String.class);
        return switch (word) {
            case "send" -> send(json);
            case "send part" ->
                new Step.SendPart(
                        frame(object(json.get("frame"))),
                        Json.member(json, "bytes", Long.class).intValue());
            case "barrier" -> new Step.Barrier();
            case "finish" -> new Step.Finish();
            case "reset" -> new Step.Reset();
            default -> throw new IllegalArgumentException("there is no step '" + word + "'");
        };
    }

    private static Step send(Map<?, ?> json) {
        List<Integer> sizes = new ArrayList<>();
        for (Object size : Json.member(json, "segments", List.class)) {
            sizes.add(((Number) size).intValue());
        }
        List<Frame> frames = new ArrayList<>();
        for (Object frame : Json.member(json, "frames", List.class)) {
            frames.add(frame(object(frame)));
        }
        return new Step.Send(frames, new Segmentation(sizes, Json.member(json, "repeating", Boolean.class)));
    }

    private static Map<String, Object> frame(Frame frame) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("is", frame.toString());
        json.put("fin", frame.fin());
        json.put("rsv", frame.rsv());
        json.put("opcode", frame.opcode());
        json.put("masking", frame.masking().proper() ? "as the role demands" : "against the role");
        json.put("key", String.format("%08x", frame.masking().key()));
        json.put("form", frame.form().name());
        json.put("length", frame.length());
        json.put("payload", frame.payload().hex());
        return json;
    }

    private static Frame frame(Map<?, ?> json) {
        String masking = Json.member(json, "masking", String.class);
        return new Frame(
                Json.member(json, "fin", Boolean.class),
                Json.member(json, "rsv", Long.class).intValue(),
                Json.member(json, "opcode", Long.class).intValue(),
                new Masking(
                        masking.equals("as the role demands"),
                        Integer.parseUnsignedInt(Json.member(json, "key", String.class), 16)),
                LengthForm.valueOf(Json.member(json, "form", String.class)),
                Json.member(json, "length", Long.class),
                Bytes.hex(Json.member(json, "payload", String.class)));
    }

    private static Map<?, ?> object(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(value + " should be an object");
    }
}
