package dev.ferrule.protocol;

/**
 * One header field: a name and a value as given, neither of them checked or changed (RFC 9110 section 5).
 *
 * <p>{@link Headers#of} and {@link Headers.Builder#add} check what an application gives. Its {@code toString} leaves the
 * value out, which may be a cookie or a password.
 *
 * @param name the name of the field, in any case; not null
 * @param value the value of the field; not null
 */
public record Header(String name, String value) {
    /** The name alone. */
    @Override
    public String toString() {
        return name;
    }
}
