package dev.ferrule;

/**
 * Decides on each opening handshake of a route, after Ferrule has checked that the request is valid and its Origin
 * allowed.
 */
@FunctionalInterface
public interface Acceptor {
    /**
     * Accepts or rejects a request. Called on a thread that may block unless the server was built with {@code inline()}; a
     * decision that takes time is better given as a stage, by {@link HandshakeDecision#later}. It is waited for no longer
     * than {@link Limits#handshakeTimeout()}; then the answer is 503.
     *
     * @param request a valid request
     * @return the decision
     * @throws Exception whatever went wrong: logged, and answered with 500
     */
    HandshakeDecision accept(HandshakeRequest request) throws Exception;
}
