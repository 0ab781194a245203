package dev.ferrule.jdk;

import dev.ferrule.ClientOptions;
import dev.ferrule.protocol.Role;
import dev.ferrule.spi.AdapterProvider;
import dev.ferrule.spi.ClientEngine;
import dev.ferrule.spi.Deviation;
import java.util.List;
import java.util.Set;

/** The adapter {@code jdk}: a client, and nothing but the JDK. */
public final class Provider implements AdapterProvider {
    private static final List<Deviation> DEVIATIONS = List.of(
            new Deviation(
                    "CL-2",
                    "1003, 1007, 1009 and 1010 go as 1008 with the same reason: WebSocket.sendClose refuses them"),
            new Deviation("CL-3", "a Close without a code is answered with 1000: the JDK can't send an empty Close"),
            new Deviation(
                    "CL-4", "TCP is closed as soon as both Close frames are exchanged: the JDK waits for no server"),
            new Deviation("6455-7.1.1-1", "as CL-4"),
            new Deviation(
                    "CL-5",
                    "after a protocol error the JDK closes TCP at once, its Close of 1002 or 1007 may be missing, and"
                            + " 1008 stands for 1009"),
            new Deviation("6455-7.1.7-2", "as CL-5"),
            new Deviation("RX-2", "a message that is too big is noticed as it arrives: the JDK hides frame headers"),
            new Deviation("6455-10.4-1", "as RX-2"),
            new Deviation(
                    "RX-6", "of the fragments of a message only empty ones are counted: the JDK hides the others"),
            new Deviation(
                    "6455-7.2.1-2",
                    "where the stream ends without a Close right behind the very first messages, or while too many wait,"
                            + " the JDK may drop the last message, or the end: then the heartbeat finds it"),
            // A slow reader may find several writes in one segment.
            Deviation.atTimes("TX-7", "each message is a write of its own: the JDK has no way to gather them"),
            new Deviation(
                    "HS-5",
                    "the head of a response is bounded by jdk.http.maxHeaderSize (384 KiB), the body of a refusal by time"
                            + " alone; Connection: keep-alive, Upgrade is refused: all as the JDK reads them"),
            new Deviation(
                    "6455-7.2.1-1",
                    "a connection that ends before a byte of the response is tried once more by the JDK"),
            new Deviation("6455-4.1-14", "as HS-5"),
            new Deviation("6455-5.1-1", "one frame in 4 billion isn't masked: for the JDK the masking key 0 is none"),
            new Deviation("6455-7.4.1-2", "a Close with 1010 is a protocol error to the JDK"),
            new Deviation(
                    "7692-5-1",
                    "permessage-deflate is never offered, whatever the options say: the JDK takes no response with an"
                            + " extension"));

    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.CLIENT);
    }

    @Override
    public List<Deviation> deviations(Role role) {
        return role == Role.CLIENT ? DEVIATIONS : List.of();
    }

    @Override
    public ClientEngine client(ClientOptions options) {
        return new WebSocketClientEngine(options);
    }
}
