package dev.ferrule.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Calendar;
import java.util.Date;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;

/** The part of java.base that computes: no threads, sockets, files, clocks or logging. */
final class PureJava {
    static final DescribedPredicate<JavaClass> CLASSES = allowedPackages()
            .or(belongToAnyOf(
                    IOException.class,
                    EOFException.class,
                    UncheckedIOException.class,
                    URI.class,
                    URISyntaxException.class,
                    Duration.class))
            .and(DescribedPredicate.not(belongToAnyOf(
                    Thread.class,
                    ThreadGroup.class,
                    ThreadLocal.class,
                    Runtime.class,
                    Process.class,
                    ProcessBuilder.class,
                    System.Logger.class,
                    Timer.class,
                    TimerTask.class,
                    Date.class,
                    Calendar.class)))
            .as("the pure part of java.base");

    private static final Set<String> PURE_SYSTEM_METHODS = Set.of("arraycopy", "identityHashCode", "lineSeparator");

    static final DescribedPredicate<JavaMethodCall> IMPURE_CALLS =
            DescribedPredicate.describe("System is asked for more than a copy, or an object waits", call -> {
                boolean impureSystem = call.getTargetOwner().isEquivalentTo(System.class)
                        && !PURE_SYSTEM_METHODS.contains(call.getName());
                boolean waits = Set.of("wait", "notify", "notifyAll").contains(call.getName());
                return impureSystem || waits;
            });

    private PureJava() {}

    private static DescribedPredicate<JavaClass> allowedPackages() {
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(
                "java.lang",
                "java.lang.annotation",
                "java.lang.invoke",
                "java.lang.runtime",
                "java.math",
                "java.nio",
                "java.nio.charset",
                "java.security",
                "java.util",
                "java.util.function",
                "java.util.regex",
                "java.util.stream",
                "java.util.zip",
                "org.jspecify.annotations");
        return allowed.or(type(Object[].class)).or(primitivesAndTheirArrays());
    }

    private static DescribedPredicate<JavaClass> primitivesAndTheirArrays() {
        return DescribedPredicate.describe(
                "primitives and their arrays",
                type -> type.getBaseComponentType().isPrimitive());
    }
}
