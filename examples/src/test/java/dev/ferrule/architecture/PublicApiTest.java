package dev.ferrule.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change of the public API is a change of {@code api.txt}, so that a review sees it. */
final class PublicApiTest {
    private static final String UPDATE = "ferrule.api.update";
    private static final Pattern OWN_TYPE = Pattern.compile("dev\\.ferrule[\\w.]*\\w");

    @ParameterizedTest
    @EnumSource(PublishedModule.class)
    void the_public_api_is_what_its_listing_says(PublishedModule module) throws IOException {
        Path file = module.folder.resolve("api.txt");
        List<String> actual = ApiListing.of(module);
        assertFalse(actual.isEmpty(), () -> module + " has no public API");
        if (System.getProperty(UPDATE) != null) {
            Files.write(file, actual);
            return;
        }
        assertTrue(Files.exists(file), () -> file + " is missing; write it with -D" + UPDATE);
        List<String> expected = Files.readAllLines(file);
        assertTrue(expected.equals(actual), () -> difference(file, expected, actual));
    }

    @Test
    void the_public_api_names_no_type_that_users_cannot() {
        Set<String> visible = Arrays.stream(PublishedModule.values())
                .flatMap(module -> ApiListing.visibleTypes(module))
                .map(ApiTypes::name)
                .collect(Collectors.toSet());
        List<String> hidden = Arrays.stream(PublishedModule.values())
                .flatMap(module -> ApiListing.of(module).stream())
                .filter(line -> OWN_TYPE.matcher(line).results().anyMatch(name -> !visible.contains(name.group())))
                .toList();
        assertEquals(List.of(), hidden);
    }

    private static String difference(Path file, List<String> expected, List<String> actual) {
        List<String> lines = new ArrayList<>();
        lines.add("the public API is not what " + file + " says; if that is meant, rewrite it with -D" + UPDATE);
        minus(expected, actual).forEach(line -> lines.add("- " + line));
        minus(actual, expected).forEach(line -> lines.add("+ " + line));
        return String.join(System.lineSeparator(), lines);
    }

    /** Lines repeat from type to type, so each takes away one. */
    private static List<String> minus(List<String> from, List<String> lines) {
        List<String> rest = new ArrayList<>(from);
        lines.forEach(rest::remove);
        return rest;
    }
}
