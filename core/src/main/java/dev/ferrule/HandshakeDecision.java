package dev.ferrule;

import dev.ferrule.protocol.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What an {@link Acceptor} makes of a request. Immutable. */
public sealed interface HandshakeDecision {
    /**
     * The connection is accepted.
     *
     * @param endpoint what gets its events
     * @param subprotocol one of those that the client offered, exactly as spelled, or {@code null} for none
     * @param headers further fields of the response, none of them of the handshake itself
     * @param sendPolicy what becomes of messages for which there is no room, or {@code null} for that of the server
     */
    record Accept(
            Endpoint endpoint,
            @Nullable String subprotocol,
            Headers headers,
            @Nullable SendPolicy sendPolicy) implements HandshakeDecision {
        /**
         * Chooses a subprotocol.
         *
         * @param supported what the application supports
         * @param request what the client offers, in the order of its preference
         * @return this decision with the first offered subprotocol that is supported, or with none
         */
        public Accept subprotocol(List<String> supported, HandshakeRequest request) {
            for (String offered : request.subprotocols()) {
                if (supported.contains(offered)) {
                    return new Accept(endpoint, offered, headers, sendPolicy);
                }
            }
            return this;
        }

        /**
         * Adds a field to the response.
         *
         * @param name a token
         * @param value without line breaks
         * @return this decision with one more field
         * @throws IllegalArgumentException if the name or the value may not stand in a header
         */
        public Accept header(String name, String value) {
            return new Accept(endpoint, subprotocol, headers.with(name, value), sendPolicy);
        }

        /**
         * Chooses what becomes of messages for which the send queue of this connection has no room.
         *
         * @param policy instead of that of the server
         * @return this decision with the policy
         */
        public Accept sendPolicy(SendPolicy policy) {
            return new Accept(endpoint, subprotocol, headers, policy);
        }
    }

    /**
     * The connection is refused with an HTTP response.
     *
     * @param status from 300 to 599
     * @param headers fields of the response
     * @param body a text, empty for none
     */
    record Reject(int status, Headers headers, String body) implements HandshakeDecision {
        /**
         * Checks the status.
         *
         * @param status from 300 to 599
         * @param headers fields of the response
         * @param body a text, empty for none
         * @throws IllegalArgumentException if it isn't a refusal
         */
        public Reject {
            if (status < 300 || status > 599) {
                throw new IllegalArgumentException("status is " + status + ", a refusal has one from 300 to 599");
            }
        }

        /**
         * Adds a field to the response.
         *
         * @param name a token
         * @param value without line breaks
         * @return this decision with one more field
         * @throws IllegalArgumentException if the name or the value may not stand in a header
         */
        public Reject header(String name, String value) {
            return new Reject(status, headers.with(name, value), body);
        }

        /**
         * The body as it is sent.
         *
         * @return UTF-8, a new array
         */
        public byte[] bodyBytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * The decision is not made yet.
     *
     * @param decision completes with it; if it fails, that is logged and answered with 500
     */
    record Later(CompletionStage<? extends HandshakeDecision> decision) implements HandshakeDecision {}

    /**
     * Accepts.
     *
     * @param endpoint what gets the events of the connection
     * @return the decision, without a subprotocol or further headers
     */
    static Accept accept(Endpoint endpoint) {
        return new Accept(endpoint, null, Headers.empty(), null);
    }

    /**
     * Refuses.
     *
     * @param status from 300 to 599
     * @param body a text for whoever reads it, empty for none
     * @return the decision
     * @throws IllegalArgumentException if the status isn't a refusal
     */
    static Reject reject(int status, String body) {
        return new Reject(status, Headers.empty(), body);
    }

    /**
     * Decides later.
     *
     * @param decision completes with the decision
     * @return a decision that stands for it
     */
    static HandshakeDecision later(CompletionStage<? extends HandshakeDecision> decision) {
        return new Later(decision);
    }
}
