package dev.ferrule.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A module that users get, seen through its folder. */
enum PublishedModule {
    CORE("core", "dev.ferrule"),
    TESTKIT("testkit", "dev.ferrule.testkit"),
    JDK("adapter-jdk", "dev.ferrule.jdk"),
    JETTY("adapter-jetty", "dev.ferrule.jetty"),
    UNDERTOW("adapter-undertow", "dev.ferrule.undertow"),
    MEMORY("adapter-memory", "dev.ferrule.memory"),
    MICROMETER("metrics-micrometer", "dev.ferrule.micrometer");

    static final Set<PublishedModule> ADAPTERS = Set.of(JDK, JETTY, UNDERTOW, MEMORY);

    final Path folder;
    final String rootPackage;

    PublishedModule(String folder, String rootPackage) {
        this.folder = root().resolve(folder);
        this.rootPackage = rootPackage;
    }

    /** The folder of the whole project, whichever one the tests were started in. */
    static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path path = start; path != null; path = path.getParent()) {
            if (Files.isDirectory(path.resolve(".mvn"))) {
                return path;
            }
        }
        throw new IllegalStateException("no folder above " + start + " has a .mvn");
    }

    Path classes() {
        return folder.resolve("target/classes");
    }

    Path testClasses() {
        return folder.resolve("target/test-classes");
    }

    Optional<ModuleDescriptor> descriptor() {
        Path file = classes().resolve("module-info.class");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(ModuleDescriptor.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the module exports to everyone; without a descriptor that is everything. */
    boolean exports(String packageName) {
        return descriptor()
                .map(descriptor -> descriptor.exports().stream()
                        .filter(exports -> !exports.isQualified())
                        .anyMatch(exports -> exports.source().equals(packageName)))
                .orElse(true);
    }

    /** The classes of the module in the order of their names, loaded and not initialized. */
    List<Class<?>> load() {
        try (Stream<Path> files = Files.walk(classes())) {
            return files.map(file -> classes().relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .sorted()
                    .map(PublishedModule::load)
                    .collect(Collectors.toUnmodifiableList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublishedModule.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("compiled but not on the class path: " + name, e);
        }
    }
}
