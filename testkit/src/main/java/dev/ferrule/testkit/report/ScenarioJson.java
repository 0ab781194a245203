package dev.ferrule.testkit.report;

import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Opening;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.scenario.Statuses;
import dev.ferrule.testkit.scenario.Step;
import dev.ferrule.testkit.scenario.Turns;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Field;
import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.LengthForm;
import dev.ferrule.testkit.wire.Masking;
import dev.ferrule.testkit.wire.RequestSpec;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A scenario for servers as JSON that can be kept beside a bug report and played again. All generated scenarios can be
 * written, and all others that are not scripts.
 */
public final class ScenarioJson {
    /** The name of the format, and its version. */
    public static final String FORMAT = "ferrule-testkit-scenario-2";

    private ScenarioJson() {}

    /**
     * {@return the scenario as JSON}
     *
     * @param scenario one that {@link #writable}
     */
    public static String write(Scenario scenario) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("id", scenario.id());
        json.put("what", scenario.what());
        json.put(
                "needs",
                scenario.needs().stream().map(Capability::name).sorted().toList());
        json.put("size", scenario.size());
        json.put("play", play(scenario.play()));
        return Json.write(json);
    }

    /**
     * {@return whether this form can hold the scenario}
     *
     * @param scenario any scenario
     */
    public static boolean writable(Scenario scenario) {
        return !(scenario.play() instanceof Play.Scripted scripted) || scripted.script() instanceof Turns;
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
        Play play = play(object(json.get("play")));
        Scenario scenario =
                Scenario.of(Json.member(json, "id", String.class), Json.member(json, "what", String.class), play);
        Set<Capability> needs = values(json, "needs", String.class).stream()
                .map(Capability::valueOf)
                .collect(Collectors.toSet());
        return new Scenario(
                scenario.id(),
                scenario.requirements(),
                scenario.level(),
                scenario.side(),
                scenario.what(),
                needs,
                Json.member(json, "size", Long.class),
                play);
    }

    private static Map<String, Object> play(Play play) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (play instanceof Play.Frames frames) {
            json.put("kind", "frames");
            if (!frames.opening().equals(Opening.CORRECT)) {
                json.put("opening", opening(frames.opening()));
            }
            json.put("steps", frames.steps().stream().map(ScenarioJson::step).toList());
        } else if (play instanceof Play.Many many) {
            json.put("kind", "many");
            json.put("plays", many.plays().stream().map(ScenarioJson::play).toList());
        } else if (play instanceof Play.Refusal refusal) {
            json.put("kind", "refusal");
            json.put("opening", opening(refusal.opening()));
            json.put("statuses", refusal.statuses().name());
        } else if (play instanceof Play.Choice choice) {
            json.put("kind", "choice");
            json.put("frames", play(choice.frames()));
        } else if (play instanceof Play.Deflated deflated) {
            json.put("kind", "deflated");
            json.put("must agree", deflated.mustAgree());
            json.put("frames", play(deflated.frames()));
        } else if (play instanceof Play.Scripted scripted && scripted.script() instanceof Turns turns) {
            json.put("kind", "turns");
            json.put("one", turns.one().stream().map(ScenarioJson::frame).toList());
            json.put("other", turns.other().stream().map(ScenarioJson::frame).toList());
            json.put("turns", turns.turns());
            cut(json, turns.cut());
        } else {
            throw new IllegalArgumentException("a script can't be written");
        }
        return json;
    }

    private static Play play(Map<?, ?> json) {
        String kind = Json.member(json, "kind", String.class);
        return switch (kind) {
            case "frames" -> plain(json);
            case "many" -> new Play.Many(each(json, "plays", ScenarioJson::plain));
            case "refusal" ->
                new Play.Refusal(
                        opening(object(json.get("opening"))),
                        Statuses.valueOf(Json.member(json, "statuses", String.class)));
            case "choice" -> new Play.Choice(plain(object(json.get("frames"))));
            case "deflated" ->
                new Play.Deflated(plain(object(json.get("frames"))), Json.member(json, "must agree", Boolean.class));
            case "turns" ->
                new Play.Scripted(new Turns(
                        each(json, "one", ScenarioJson::frame),
                        each(json, "other", ScenarioJson::frame),
                        values(json, "turns", Boolean.class),
                        cut(json)));
            default -> throw new IllegalArgumentException("there is no play '" + kind + "'");
        };
    }

    private static Play.Frames plain(Map<?, ?> json) {
        Opening opening = json.get("opening") == null ? Opening.CORRECT : opening(object(json.get("opening")));
        return new Play.Frames(opening, each(json, "steps", ScenarioJson::step));
    }

    private static <T> List<T> each(Map<?, ?> json, String name, Function<Map<?, ?>, T> read) {
        List<T> all = new ArrayList<>();
        for (Object one : Json.member(json, name, List.class)) {
            all.add(read.apply(object(one)));
        }
        return all;
    }

    private static <T> List<T> values(Map<?, ?> json, String name, Class<T> type) {
        List<T> values = new ArrayList<>();
        for (Object value : Json.member(json, name, List.class)) {
            values.add(type.cast(value));
        }
        return values;
    }

    /** What a server sees of it. */
    private static Map<String, Object> opening(Opening opening) {
        RequestSpec request = opening.request();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("method", request.method());
        json.put("target", request.target());
        json.put("version", request.version());
        json.put(
                "fields",
                request.fields().lines().stream()
                        .map(line -> Map.of("name", line.name(), "value", line.value()))
                        .toList());
        json.put("behind", opening.behind().stream().map(ScenarioJson::frame).toList());
        cut(json, opening.cut());
        return json;
    }

    private static Opening opening(Map<?, ?> json) {
        Fields fields = new Fields(each(
                json,
                "fields",
                line -> new Field(Json.member(line, "name", String.class), Json.member(line, "value", String.class))));
        RequestSpec request = new RequestSpec(
                Json.member(json, "method", String.class),
                Json.member(json, "target", String.class),
                Json.member(json, "version", String.class),
                fields);
        return Opening.CORRECT
                .with(request)
                .cut(cut(json))
                .behind(each(json, "behind", ScenarioJson::frame).toArray(Frame[]::new));
    }

    private static void cut(Map<String, Object> json, Segmentation cut) {
        json.put("segments", cut.sizes());
        json.put("repeating", cut.repeating());
    }

    private static Segmentation cut(Map<?, ?> json) {
        List<Integer> sizes = values(json, "segments", Number.class).stream()
                .map(Number::intValue)
                .toList();
        return new Segmentation(sizes, Json.member(json, "repeating", Boolean.class));
    }

    private static Map<String, Object> step(Step step) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (step instanceof Step.Send send) {
            json.put("do", "send");
            cut(json, send.cut());
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
            case "send" -> new Step.Send(each(json, "frames", ScenarioJson::frame), cut(json));
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
