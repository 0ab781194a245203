package dev.ferrule.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What the rules of {@link ArchitectureTest} ask and ArchUnit has no word for. */
final class Conditions {
    static final ArchCondition<JavaMethod> NOT_BE_SYNCHRONIZED =
            condition("not be synchronized", method -> !method.getModifiers().contains(JavaModifier.SYNCHRONIZED));

    static final ArchCondition<JavaClass> BE_IN_A_NULL_MARKED_PACKAGE = condition(
            "be in a package that is @NullMarked", type -> type.getPackage().isAnnotatedWith(NullMarked.class));

    static final ArchCondition<JavaMethod> BE_FOUND_BY_SUREFIRE = condition(
            "be in a class whose name ends in Test",
            method -> Stream.iterate(
                            method.getOwner(), type -> type.getEnclosingClass().orElse(null))
                    .takeWhile(type -> type != null)
                    .anyMatch(type -> type.getSimpleName().endsWith("Test")
                            || type.getModifiers().contains(JavaModifier.ABSTRACT)));

    static final ArchCondition<JavaClass> ENTER_NO_MONITOR = new ArchCondition<>("enter no monitor") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
            for (String method : methodsThatEnterMonitors(type)) {
                events.add(SimpleConditionEvent.violated(type, type.getName() + "." + method + " enters a monitor"));
            }
        }
    };

    private Conditions() {}

    static ArchCondition<JavaClass> beNamed(Set<String> names) {
        return condition("have one of the names " + names, type -> names.contains(type.getSimpleName()));
    }

    private static <T extends HasName> ArchCondition<T> condition(String description, Predicate<T> holds) {
        return new ArchCondition<>(description) {
            @Override
            public void check(T subject, ConditionEvents events) {
                String name = subject instanceof JavaMethod method ? method.getFullName() : subject.getName();
                events.add(new SimpleConditionEvent(subject, holds.test(subject), name + " should " + description));
            }
        };
    }

    private static Set<String> methodsThatEnterMonitors(JavaClass type) {
        Source source = type.getSource().orElseThrow();
        Set<String> found = new TreeSet<>();
        try (InputStream in = source.getUri().toURL().openStream()) {
            new ClassReader(in).accept(new MonitorFinder(found), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static final class MonitorFinder extends ClassVisitor {
        private final Set<String> found;

        MonitorFinder(Set<String> found) {
            super(Opcodes.ASM9);
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.MONITORENTER) {
                        found.add(name);
                    }
                }
            };
        }
    }
}
