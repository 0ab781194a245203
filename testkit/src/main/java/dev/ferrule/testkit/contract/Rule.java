package dev.ferrule.testkit.contract;

import dev.ferrule.protocol.Role;
import java.util.Set;

/**
 * A promise.
 *
 * @param id by which tests, documents and deviations name it
 * @param promise what is promised, in short
 * @param roles who keeps it
 */
public record Rule(String id, String promise, Set<Role> roles) {
    /** Copies the roles. */
    public Rule {
        roles = Set.copyOf(roles);
    }
}
