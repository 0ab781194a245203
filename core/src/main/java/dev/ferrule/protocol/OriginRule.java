package dev.ferrule.protocol;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which origins may open a connection (RFC 6455 sections 4.2.2 and 10.2).
 *
 * <p>A request without {@code Origin} comes from no browser, and passes every rule: a rule protects browsers' users from
 * other sites' pages, it doesn't tell who a client is. Immutable; no argument may be null.
 */
public final class OriginRule {
    private static final OriginRule SAME_ORIGIN = new OriginRule("is not the origin of the server", null);
    private static final OriginRule ANY = new OriginRule("", null);

    private final String fault;
    private final @Nullable Set<Origin> allowed;

    private OriginRule(String fault, @Nullable Set<Origin> allowed) {
        this.fault = fault;
        this.allowed = allowed;
    }

    /**
     * Only the origin that the request itself was sent to. Behind a proxy that ends TLS, or changes the host, that is not
     * what the browser sees: use {@link #allow} there.
     *
     * @return the rule
     */
    public static OriginRule sameOrigin() {
        return SAME_ORIGIN;
    }

    /**
     * Only these origins; the server's own is not among them unless named. As nothing of the request is believed, this
     * holds against DNS rebinding too.
     *
     * @param origins serialized origins, such as {@code https://example.com}
     * @return the rule
     * @throws IllegalArgumentException if there is none, or one is no origin (see {@link Origin#parse}); there are no
     *     patterns
     */
    public static OriginRule allow(Collection<String> origins) {
        Set<Origin> allowed = new LinkedHashSet<>();
        for (String origin : origins) {
            allowed.add(Origin.parse(origin));
        }
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException(
                    "list of allowed origins is empty, name at least one (RFC 6455 section 10.2)");
        }
        return new OriginRule("is not one of the allowed", allowed);
    }

    /**
     * Every origin, and {@code null} too: for services that are public, or that have their own way to tell.
     *
     * @return the rule
     */
    public static OriginRule any() {
        return ANY;
    }

    /**
     * Judges a valid request.
     *
     * @param request what {@link ServerHandshake#check} made of it
     * @param secure whether it came over TLS
     * @return null if it may go on, else a refusal with 403
     */
    public ServerHandshake.@Nullable Refused check(ServerHandshake.Valid request, boolean secure) {
        String text = request.origin();
        if (this == ANY || text == null) {
            return null;
        }
        Origin origin = Origin.parseOrNull(text);
        if (origin == null) {
            return refused(text, "is not one scheme://host[:port] (RFC 6454 section 7.1)");
        }
        boolean passes = allowed == null ? origin.sameAs(request.authority(), secure) : allowed.contains(origin);
        return passes ? null : refused(text, fault + " (RFC 6455 section 10.2)");
    }

    private static ServerHandshake.Refused refused(String origin, String fault) {
        return new ServerHandshake.Refused(403, "origin " + FieldGrammar.shown(origin) + " " + fault, Headers.empty());
    }
}
