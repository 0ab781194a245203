package dev.ferrule.testkit.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All rules that the kit knows, in the order of the standard. */
public final class Requirements {
    private static final Map<String, Requirement> ALL = read();

    private Requirements() {}

    /** {@return every rule} */
    public static List<Requirement> all() {
        return List.copyOf(ALL.values());
    }

    /**
     * The rule of this id.
     *
     * @param id RFC, section and number
     * @return the rule
     * @throws IllegalArgumentException if there is none
     */
    public static Requirement of(String id) {
        Requirement requirement = ALL.get(id);
        if (requirement == null) {
            throw new IllegalArgumentException("no requirement " + id);
        }
        return requirement;
    }

    private static Map<String, Requirement> read() {
        try (InputStream in = Requirements.class.getResourceAsStream("requirements.txt")) {
            if (in == null) {
                throw new IllegalStateException("missing resource requirements.txt");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Requirement> parse(String text) {
        Map<String, Requirement> all = new LinkedHashMap<>();
        String chapter = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("[")) {
                chapter = line.substring(1, line.length() - 1);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                Requirement requirement = row(chapter, line);
                all.put(requirement.id(), requirement);
            }
        }
        return all;
    }

    private static Requirement row(String chapter, String line) {
        String[] cells = line.split("\\|", -1);
        Side side = switch (cells[1].strip()) {
            case "S" -> Side.SERVER;
            case "C" -> Side.CLIENT;
            default -> Side.BOTH;
        };
        Level level = switch (cells[2].strip()) {
            case "M" -> Level.MUST;
            case "S" -> Level.SHOULD;
            default -> Level.INFO;
        };
        return new Requirement(cells[0].strip(), chapter, side, level, cells[3].strip(), cells[4].strip());
    }
}
