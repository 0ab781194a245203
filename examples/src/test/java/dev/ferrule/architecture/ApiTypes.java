package dev.ferrule.architecture;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types as they stand in a listing: with their arguments and {@code @Nullable}, without {@code java.lang}. */
final class ApiTypes {
    private ApiTypes() {}

    static String text(AnnotatedType type) {
        String nullable = type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
        return type instanceof AnnotatedArrayType array
                ? text(array.getAnnotatedGenericComponentType()) + (nullable.isEmpty() ? "" : " " + nullable) + "[]"
                : nullable + bare(type);
    }

    static String texts(AnnotatedType[] types) {
        return Arrays.stream(types).map(ApiTypes::text).collect(joining(", "));
    }

    static String parameters(TypeVariable<?>[] variables) {
        if (variables.length == 0) {
            return "";
        }
        return Arrays.stream(variables).map(ApiTypes::parameter).collect(joining(", ", "<", ">"));
    }

    private static String parameter(TypeVariable<?> variable) {
        String bounds = bounds(variable.getAnnotatedBounds(), " & ");
        return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    private static String bare(AnnotatedType type) {
        if (type instanceof AnnotatedParameterizedType parameterized) {
            String raw = name((Class<?>) ((ParameterizedType) type.getType()).getRawType());
            return raw + "<" + texts(parameterized.getAnnotatedActualTypeArguments()) + ">";
        }
        if (type instanceof AnnotatedTypeVariable variable) {
            return variable.getType().getTypeName();
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            String lower = bounds(wildcard.getAnnotatedLowerBounds(), " & ");
            String upper = bounds(wildcard.getAnnotatedUpperBounds(), " & ");
            return lower.isEmpty() ? "?" + (upper.isEmpty() ? "" : " extends " + upper) : "? super " + lower;
        }
        return name((Class<?>) type.getType());
    }

    private static String bounds(AnnotatedType[] bounds, String separator) {
        Stream<String> texts = Arrays.stream(bounds).map(ApiTypes::text).filter(text -> !text.equals("Object"));
        return texts.collect(joining(separator));
    }

    static String name(Class<?> type) {
        String name = type.getCanonicalName() == null ? type.getName() : type.getCanonicalName();
        return name.replaceFirst("^java\\.lang\\.(?=[A-Z])", "");
    }

    static String deprecated(AnnotatedElement element) {
        return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
    }
}
