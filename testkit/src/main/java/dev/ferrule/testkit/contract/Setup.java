package dev.ferrule.testkit.contract;

import dev.ferrule.Acceptor;
import dev.ferrule.Limits;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.OriginRule;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint under test is built with.
 *
 * @param limits of its connections
 * @param policy of its send queues
 * @param inline whether its callbacks run on the engine's threads
 * @param acceptor of a server, or null to accept all
 * @param origins of a server
 */
record Setup(
        Limits limits,
        SendPolicy policy,
        boolean inline,
        @Nullable Acceptor acceptor,
        OriginRule origins) {
    static final Setup PLAIN = new Setup(Limits.DEFAULTS, SendPolicy.fail(), false, null, OriginRule.sameOrigin());

    static Setup limited(UnaryOperator<Limits.Builder> changes) {
        return PLAIN.with(changes.apply(Limits.builder()).build());
    }

    Setup with(Limits other) {
        return new Setup(other, policy, inline, acceptor, origins);
    }

    Setup with(SendPolicy other) {
        return new Setup(limits, other, inline, acceptor, origins);
    }

    Setup with(Acceptor other) {
        return new Setup(limits, policy, inline, other, origins);
    }

    Setup with(OriginRule other) {
        return new Setup(limits, policy, inline, acceptor, other);
    }

    Setup onEngineThreads() {
        return new Setup(limits, policy, true, acceptor, origins);
    }
}
