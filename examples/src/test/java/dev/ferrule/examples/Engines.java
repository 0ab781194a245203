package dev.ferrule.examples;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Every server with every client. */
final class Engines {
    private Engines() {}

    static Stream<Arguments> pairs() {
        return Serving.ENGINES.stream()
                .flatMap(server -> EchoClient.ENGINES.stream().map(client -> Arguments.of(server, client)));
    }
}
