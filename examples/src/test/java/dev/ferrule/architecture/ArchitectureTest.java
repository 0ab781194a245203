package dev.ferrule.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.platform.commons.annotation.Testable;

/** The arrows between the modules and packages. */
final class ArchitectureTest {
    private static final String PROTOCOL = "dev.ferrule.protocol..";
    private static final String SPI = "dev.ferrule.spi..";
    private static final String TESTKIT = "dev.ferrule.testkit..";
    private static final String[] ENGINES = {
        "org.eclipse.jetty..",
        "io.undertow..",
        "org.xnio..",
        "java.net.http..",
        "io.netty..",
        "jakarta..",
        "io.micrometer.."
    };
    private static final String[] TEST_LIBRARIES = {"org.junit..", "net.jqwik.."};
    private static final DescribedPredicate<JavaClass> ADAPTERS = resideInAnyPackage(PublishedModule.ADAPTERS.stream()
            .map(adapter -> adapter.rootPackage + "..")
            .toArray(String[]::new));
    /** The adapter in memory has no engine of an application's to be mounted into; it has what tests hold instead. */
    private static final Set<String> FOR_TESTS = Set.of("Network", "Link", "Direction", "Peer");

    private static final Set<String> HANDLER = Set.of("FerruleHandler");

    private static final JavaClasses ALL = new ClassFileImporter()
            .importPaths(Arrays.stream(PublishedModule.values())
                    .map(PublishedModule::classes)
                    .toArray(Path[]::new));
    private static final JavaClasses CORE = classesOf(PublishedModule.CORE);

    private static JavaClasses classesOf(PublishedModule module) {
        return ALL.that(inModule(module));
    }

    @Test
    void protocol_depends_on_the_pure_part_of_java_base_alone() {
        check(
                CORE,
                classes()
                        .that()
                        .resideInAPackage(PROTOCOL)
                        .should()
                        .onlyDependOnClassesThat(resideInAPackage(PROTOCOL).or(PureJava.CLASSES)));
    }

    @Test
    void protocol_asks_no_clock_and_starts_nothing() {
        check(CORE, noClasses().that().resideInAPackage(PROTOCOL).should().callMethodWhere(PureJava.IMPURE_CALLS));
    }

    @Test
    void of_the_root_package_one_class_names_the_spi() {
        check(
                CORE,
                noClasses()
                        .that()
                        .resideInAPackage("dev.ferrule")
                        .and()
                        .doNotHaveFullyQualifiedName("dev.ferrule.Ferrule")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(SPI));
    }

    @Test
    void core_depends_on_slf4j_alone() {
        check(
                CORE,
                classes()
                        .should()
                        .onlyDependOnClassesThat(
                                resideInAnyPackage("java..", "javax.net.ssl..", "javax.security.auth..")
                                        .or(resideInAnyPackage("org.slf4j", "org.jspecify.annotations"))
                                        .or(inModule(PublishedModule.CORE))));
    }

    @ParameterizedTest
    @EnumSource(
            value = PublishedModule.class,
            names = {"CORE", "TESTKIT", "MICROMETER"},
            mode = Mode.EXCLUDE)
    void an_adapter_depends_on_no_other_adapter_and_not_on_the_testkit(PublishedModule adapter) {
        DescribedPredicate<JavaClass> others = ADAPTERS.and(DescribedPredicate.not(inModule(adapter)));
        check(classesOf(adapter), noClasses().should().dependOnClassesThat(others.or(resideInAPackage(TESTKIT))));
    }

    @ParameterizedTest
    @EnumSource(
            value = PublishedModule.class,
            names = {"CORE", "TESTKIT", "MICROMETER"},
            mode = Mode.EXCLUDE)
    void public_types_of_an_adapter_are_its_provider_and_its_handler(PublishedModule adapter) {
        check(
                classesOf(adapter),
                classes()
                        .that()
                        .arePublic()
                        .should()
                        .implement("dev.ferrule.spi.AdapterProvider")
                        .orShould(Conditions.beNamed(adapter == PublishedModule.MEMORY ? FOR_TESTS : HANDLER)));
    }

    /**
     * Jetty's adapter plays both roles, so whatever binds another adapter to core or to applications, it has too, under
     * the same name. What an adapter needs besides to tame its engine is its own.
     */
    @ParameterizedTest
    @EnumSource(
            value = PublishedModule.class,
            names = {"JDK", "UNDERTOW", "MEMORY"})
    void files_of_an_adapter_have_the_names_that_they_have_in_the_adapter_for_jetty(PublishedModule adapter) {
        Set<String> others = fileNames(adapter);
        others.removeAll(fileNames(PublishedModule.JETTY));
        others.removeAll(adapter == PublishedModule.MEMORY ? FOR_TESTS : Set.of());
        assertEquals(Set.of(), others);
    }

    private static Set<String> fileNames(PublishedModule adapter) {
        return classesOf(adapter).stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                        || type.getAllRawInterfaces().stream()
                                .anyMatch(each -> each.getPackageName().equals("dev.ferrule.spi")
                                        && !each.getSimpleName().equals("Timers")))
                .map(type -> type.getSimpleName().replaceFirst("^(Jdk|Jetty|Undertow)(?=[A-Z])", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @EnumSource(
            value = PublishedModule.class,
            names = {"CORE", "TESTKIT"})
    void core_and_testkit_name_no_engine(PublishedModule module) {
        DescribedPredicate<JavaClass> engines = ADAPTERS.or(resideInAnyPackage(ENGINES));
        check(classesOf(module), noClasses().should().dependOnClassesThat(engines));
    }

    @Test
    void wire_peer_and_reference_model_share_no_code_with_core() {
        String[] oracle = {"dev.ferrule.testkit.wire..", "dev.ferrule.testkit.model..", "dev.ferrule.testkit.deflate.."
        };
        check(
                ALL,
                noClasses()
                        .that()
                        .resideInAnyPackage(oracle)
                        .should()
                        .dependOnClassesThat(resideInAPackage("dev.ferrule..")
                                .and(DescribedPredicate.not(resideInAnyPackage(oracle)))));
    }

    @Test
    void junit_and_jqwik_reach_the_testkit_alone() {
        check(
                ALL,
                noClasses()
                        .that()
                        .resideOutsideOfPackage(TESTKIT)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(TEST_LIBRARIES));
    }

    @Test
    void no_package_has_a_name_that_says_nothing() {
        String[] names = Stream.of("api", "impl", "internal", "util", "common", "helper", "support")
                .map(name -> ".." + name + "..")
                .toArray(String[]::new);
        check(ALL, noClasses().should().resideInAnyPackage(names));
    }

    @Test
    void every_package_is_null_marked() {
        check(ALL, classes().should(Conditions.BE_IN_A_NULL_MARKED_PACKAGE));
    }

    @ParameterizedTest
    @EnumSource(value = PublishedModule.class, names = "TESTKIT", mode = Mode.EXCLUDE)
    void no_object_holds_a_monitor(PublishedModule module) {
        check(
                classesOf(module),
                CompositeArchRule.of(methods().should(Conditions.NOT_BE_SYNCHRONIZED))
                        .and(classes().should(Conditions.ENTER_NO_MONITOR)));
    }

    @Test
    void a_class_with_tests_has_a_name_that_surefire_looks_for() {
        check(
                testClasses(),
                methods().that().areMetaAnnotatedWith(Testable.class).should(Conditions.BE_FOUND_BY_SUREFIRE));
    }

    private static JavaClasses testClasses() {
        List<Path> folders = new ArrayList<>();
        folders.add(PublishedModule.root().resolve("examples/target/test-classes"));
        Arrays.stream(PublishedModule.values())
                .map(PublishedModule::testClasses)
                .filter(Files::isDirectory)
                .forEach(folders::add);
        return new ClassFileImporter().importPaths(folders);
    }

    /** By package: core's are those that belong to no other module. */
    private static DescribedPredicate<JavaClass> inModule(PublishedModule module) {
        DescribedPredicate<JavaClass> classes = resideInAPackage(module.rootPackage + "..");
        return module == PublishedModule.CORE
                ? classes.and(DescribedPredicate.not(resideInAnyPackage(Arrays.stream(PublishedModule.values())
                        .filter(other -> other != PublishedModule.CORE)
                        .map(other -> other.rootPackage + "..")
                        .toArray(String[]::new))))
                : classes;
    }

    /** A rule that looks at nothing says nothing. */
    private static void check(JavaClasses classes, ArchRule rule) {
        rule.allowEmptyShould(false).check(classes);
    }
}
