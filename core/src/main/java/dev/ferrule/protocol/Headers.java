package dev.ferrule.protocol;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in their order, duplicates kept (RFC 9110 section 5.3), names compared without regard to ASCII case
 * (section 5.1).
 *
 * <p>Immutable, so any thread may use it. What an application gives goes through {@link #of} or {@link #builder}, which
 * refuse whatever could put another line or another field on the wire; what an engine has parsed goes through
 * {@link #received}, which takes everything as it is. No argument may be null, and nothing returned is null except where
 * said. {@code toString} has the names alone: values may be secrets.
 */
public final class Headers implements Iterable<Header> {
    private static final Headers EMPTY = new Headers(List.of());

    private final List<Header> fields;

    private Headers(List<Header> fields) {
        this.fields = fields;
    }

    /**
     * No header field at all.
     *
     * @return the empty headers
     */
    public static Headers empty() {
        return EMPTY;
    }

    /**
     * Headers to be sent.
     *
     * @param fields the fields in their order
     * @return headers of exactly these fields
     * @throws IllegalArgumentException if a name is not a token or a value is not a field value, as {@link Builder#add}
     */
    public static Headers of(List<Header> fields) {
        Builder builder = builder();
        for (Header field : fields) {
            builder.add(field.name(), field.value());
        }
        return builder.build();
    }

    /**
     * Headers that were received, as an engine parsed them; nothing is checked.
     *
     * @param fields the fields in their order
     * @return headers of exactly these fields
     */
    public static Headers received(List<Header> fields) {
        return new Headers(List.copyOf(fields));
    }

    /**
     * A builder of headers to be sent.
     *
     * @return a new, empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The value of the first field of this name.
     *
     * @param name the name, in any case
     * @return the value as given, or null if there is no such field
     */
    public @Nullable String first(String name) {
        int at = next(name, 0);
        return at < fields.size() ? fields.get(at).value() : null;
    }

    /**
     * The values of all fields of this name, one for each field line.
     *
     * @param name the name, in any case
     * @return the values in their order, as given; empty if there is no such field
     */
    public List<String> all(String name) {
        int first = next(name, 0);
        if (first == fields.size()) {
            return List.of();
        }
        if (next(name, first + 1) == fields.size()) {
            return List.of(fields.get(first).value());
        }
        List<String> values = new ArrayList<>();
        for (int at = first; at < fields.size(); at = next(name, at + 1)) {
            values.add(fields.get(at).value());
        }
        return List.copyOf(values);
    }

    /** The index of the next field of this name, or how many there are: a handshake asks a dozen times, so no iterator. */
    private int next(String name, int from) {
        int at = from;
        while (at < fields.size()
                && !FieldGrammar.equalsIgnoreCase(fields.get(at).name(), name)) {
            at++;
        }
        return at;
    }

    /**
     * Whether there is a field of this name.
     *
     * @param name the name, in any case
     * @return true if there is one or more
     */
    public boolean contains(String name) {
        return first(name) != null;
    }

    /**
     * These headers and one more, to be sent.
     *
     * @param name the name, a token
     * @param value the value, a field value
     * @return new headers with the field behind the others
     * @throws IllegalArgumentException as {@link Builder#add}
     */
    public Headers with(String name, String value) {
        return builder().addAll(this).add(name, value).build();
    }

    /**
     * How many field lines there are.
     *
     * @return the number of fields, duplicates counted
     */
    public int size() {
        return fields.size();
    }

    /** All fields in their order; the iterator doesn't remove. */
    @Override
    public Iterator<Header> iterator() {
        return fields.iterator();
    }

    /** Equal if the same fields stand in the same order, names and values spelled alike. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers headers && headers.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** The names of the fields in their order, without the values. */
    @Override
    public String toString() {
        return fields.toString();
    }

    /** Collects header fields to be sent, each checked as it is added. For one thread at a time. */
    public static final class Builder {
        private final List<Header> fields = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a field behind those already added, also to others of the same name.
         *
         * @param name the name, a token (RFC 9110 section 5.6.2)
         * @param value the value (RFC 9110 section 5.5): visible characters up to U+00FF, and spaces and tabs between
         *     them; it may be empty
         * @return this builder
         * @throws IllegalArgumentException if the name or the value is anything else
         */
        public Builder add(String name, String value) {
            String fault = FieldGrammar.sendingFault(name, value);
            if (fault != null) {
                throw new IllegalArgumentException(fault);
            }
            fields.add(new Header(name, value));
            return this;
        }

        /**
         * Adds all fields of other headers, in their order.
         *
         * @param headers the headers to add
         * @return this builder
         * @throws IllegalArgumentException as {@link #add}, if they were {@linkplain Headers#received received}
         */
        public Builder addAll(Headers headers) {
            for (Header field : headers) {
                add(field.name(), field.value());
            }
            return this;
        }

        /**
         * The headers collected so far; the builder can go on.
         *
         * @return immutable headers
         */
        public Headers build() {
            return fields.isEmpty() ? EMPTY : new Headers(List.copyOf(fields));
        }
    }
}
