package dev.ferrule.architecture;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The public API of a module as lines of text: one per type, and one indented per member, in a fixed order. */
final class ApiListing {
    // Every record and enum has these, and whoever overrides them elsewhere changes no signature.
    private static final Set<String> OBJECT_METHODS = Set.of("equals", "hashCode", "toString");
    private static final Set<String> ENUM_METHODS = Set.of("values", "valueOf");

    private ApiListing() {}

    static List<String> of(PublishedModule module) {
        return visibleTypes(module).flatMap(ApiListing::type).toList();
    }

    static Stream<Class<?>> visibleTypes(PublishedModule module) {
        return module.load().stream().filter(type -> isVisible(type) && module.exports(type.getPackageName()));
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return isVisible(type.getModifiers())
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static Stream<String> type(Class<?> type) {
        List<String> lines = new ArrayList<>();
        lines.add(header(type));
        lines.addAll(members(type.getDeclaredFields(), ApiListing::field));
        lines.addAll(members(type.getDeclaredConstructors(), ApiListing::constructor));
        lines.addAll(members(type.getDeclaredMethods(), ApiListing::method));
        return lines.stream();
    }

    private static String header(Class<?> type) {
        StringBuilder line = new StringBuilder(ApiTypes.deprecated(type));
        line.append(modifiers(type.getModifiers() & ~implied(type), type));
        line.append(isSealed(type) ? "sealed " : "").append(kind(type)).append(' ');
        line.append(ApiTypes.name(type)).append(ApiTypes.parameters(type.getTypeParameters()));
        AnnotatedType superclass = type.getAnnotatedSuperclass();
        if (kind(type).equals("class") && superclass != null && superclass.getType() != Object.class) {
            line.append(" extends ").append(ApiTypes.text(superclass));
        }
        if (type.getAnnotatedInterfaces().length > 0) {
            line.append(type.isInterface() ? " extends " : " implements ");
            line.append(ApiTypes.texts(type.getAnnotatedInterfaces()));
        }
        if (isSealed(type)) {
            Stream<String> permitted =
                    Arrays.stream(type.getPermittedSubclasses()).map(ApiTypes::name);
            line.append(permitted.sorted().collect(joining(", ", " permits ", "")));
        }
        return line.toString();
    }

    private static int implied(Class<?> type) {
        boolean value = type.isRecord() || type.isEnum();
        return value ? Modifier.FINAL | Modifier.STATIC : type.isInterface() ? Modifier.STATIC : 0;
    }

    /** An enum is sealed in its class file if a constant has a body, which is nobody's business. */
    private static boolean isSealed(Class<?> type) {
        return type.isSealed() && !type.isEnum();
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface";
        }
        if (type.isInterface()) {
            return "interface";
        }
        return type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
    }

    private static <M extends Member> Collection<String> members(M[] members, Function<M, String> text) {
        return Arrays.stream(members)
                .filter(ApiListing::isListed)
                .map(member -> "  " + text.apply(member))
                .sorted()
                .toList();
    }

    private static boolean isListed(Member member) {
        if (member.isSynthetic() || !isVisible(member.getModifiers())) {
            return false;
        }
        boolean implicit = member instanceof Method method
                && (isObjectMethod(method)
                        || (member.getDeclaringClass().isEnum() && ENUM_METHODS.contains(member.getName())));
        return !implicit;
    }

    private static boolean isObjectMethod(Method method) {
        return OBJECT_METHODS.contains(method.getName())
                && method.getParameterCount() == (method.getName().equals("equals") ? 1 : 0);
    }

    private static String field(Field field) {
        if (field.isEnumConstant()) {
            return ApiTypes.deprecated(field) + field.getName();
        }
        return ApiTypes.deprecated(field)
                + modifiers(field.getModifiers(), field.getDeclaringClass())
                + ApiTypes.text(field.getAnnotatedType())
                + " "
                + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        return executable(constructor, "", constructor.getDeclaringClass().getSimpleName());
    }

    private static String method(Method method) {
        String result = ApiTypes.text(method.getAnnotatedReturnType()) + " ";
        return executable(method, (method.isDefault() ? "default " : "") + result, method.getName());
    }

    private static String executable(Executable executable, String result, String name) {
        String variables = ApiTypes.parameters(executable.getTypeParameters());
        String thrown = ApiTypes.texts(executable.getAnnotatedExceptionTypes());
        return ApiTypes.deprecated(executable)
                + modifiers(executable.getModifiers(), executable.getDeclaringClass())
                + (variables.isEmpty() ? "" : variables + " ")
                + result
                + name
                + "("
                + parameters(executable)
                + ")"
                + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String parameters(Executable executable) {
        String parameters = ApiTypes.texts(executable.getAnnotatedParameterTypes());
        return executable.isVarArgs() ? parameters.replaceFirst("\\[]$", "...") : parameters;
    }

    /** Those that a caller or a subclass notices. */
    private static String modifiers(int modifiers, Class<?> context) {
        int noticed = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;
        int implied = context.isInterface() ? Modifier.PUBLIC | Modifier.ABSTRACT : 0;
        String text = Modifier.toString(modifiers & noticed & ~implied);
        return text.isEmpty() ? "" : text + " ";
    }
}
