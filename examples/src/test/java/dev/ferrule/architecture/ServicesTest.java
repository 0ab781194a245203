package dev.ferrule.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** On the module path the descriptor names the providers, on the class path a file does. */
final class ServicesTest {
    private static final String PROVIDER = "dev.ferrule.spi.AdapterProvider";

    @ParameterizedTest
    @EnumSource(PublishedModule.class)
    void provides_equals_meta_inf_services(PublishedModule module) {
        module.descriptor().ifPresent(descriptor -> assertEquals(provides(descriptor), files(module)));
    }

    @ParameterizedTest
    @EnumSource(
            value = PublishedModule.class,
            names = {"CORE", "TESTKIT", "MICROMETER"},
            mode = Mode.EXCLUDE)
    void an_adapter_registers_one_provider_that_exists(PublishedModule module) throws ReflectiveOperationException {
        List<String> providers = files(module).getOrDefault(PROVIDER, List.of());
        assertEquals(1, providers.size(), () -> module + " registers " + providers);
        ClassLoader loader = ServicesTest.class.getClassLoader();
        Class<?> service = Class.forName(PROVIDER, false, loader);
        Class<?> provider = Class.forName(providers.get(0), false, loader);
        assertTrue(service.isAssignableFrom(provider), () -> provider + " is no " + service);
    }

    @ParameterizedTest
    @EnumSource(
            value = PublishedModule.class,
            names = {"UNDERTOW", "MICROMETER"},
            mode = Mode.EXCLUDE)
    void a_module_whose_engine_has_module_names_has_a_descriptor(PublishedModule module) {
        assertTrue(module.descriptor().isPresent(), () -> module + " has no module-info");
    }

    private static Map<String, List<String>> provides(ModuleDescriptor descriptor) {
        Map<String, List<String>> provides = new TreeMap<>();
        descriptor.provides().forEach(each -> provides.put(each.service(), each.providers()));
        return provides;
    }

    private static Map<String, List<String>> files(PublishedModule module) {
        Path folder = module.classes().resolve("META-INF/services");
        if (!Files.isDirectory(folder)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toMap(
                    file -> file.getFileName().toString(), ServicesTest::lines, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
