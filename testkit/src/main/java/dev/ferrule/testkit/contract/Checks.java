package dev.ferrule.testkit.contract;

import dev.ferrule.protocol.Role;
import java.util.List;
import java.util.stream.Stream;

/** All checks. */
final class Checks {
    private static final List<Check> ALL = Stream.of(
                    CallbackChecks.ALL,
                    ReceivingChecks.ALL,
                    SendingChecks.ALL,
                    PolicyChecks.ALL,
                    ControlChecks.ALL,
                    ClosingChecks.ALL,
                    HandshakeChecks.ALL,
                    ClientChecks.ALL,
                    LimitChecks.ALL)
            .flatMap(List::stream)
            .toList();

    private Checks() {}

    static List<Check> of(Role role) {
        return ALL.stream().filter(check -> check.roles().contains(role)).toList();
    }
}
