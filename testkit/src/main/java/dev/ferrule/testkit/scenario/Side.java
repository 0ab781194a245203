package dev.ferrule.testkit.scenario;

import dev.ferrule.testkit.wire.Role;

/** Which endpoints a rule binds. */
public enum Side {
    /** Servers under test. */
    SERVER,
    /** Clients under test. */
    CLIENT,
    /** Both. */
    BOTH;

    /**
     * Whether it binds an endpoint of this role.
     *
     * @param role the role of the endpoint under test
     * @return true if it does
     */
    public boolean binds(Role role) {
        return this == BOTH || (this == SERVER) == (role == Role.SERVER);
    }
}
