package dev.ferrule.connection;

import static java.util.Objects.requireNonNull;

import dev.ferrule.Callbacks;
import dev.ferrule.CloseEvent;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Deflate;
import dev.ferrule.Endpoint;
import dev.ferrule.HandshakeRequest;
import dev.ferrule.Limits;
import dev.ferrule.Observer;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.PerMessageDeflate;
import dev.ferrule.protocol.Role;
import dev.ferrule.spi.Timers;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection over a {@link ScriptedTransport}, its endpoint, and its peer on the wire. */
final class Rig {
    final ManualExecutor executor = new ManualExecutor();
    final ManualClock clock = executor.clock;
    final Recorder endpoint = new Recorder();
    final Wire peer;
    final ScriptedTransport transport;
    final ByteConnection connection;

    private Rig(Role role, Limits limits, Callbacks callbacks, boolean eventsMayBlock) {
        this(role, limits, callbacks, eventsMayBlock, SendPolicy.fail(), null, null);
    }

    private Rig(
            Role role,
            Limits limits,
            Callbacks callbacks,
            boolean eventsMayBlock,
            SendPolicy policy,
            @Nullable Observer observer,
            @Nullable Compression compression) {
        peer = new Wire(role == Role.SERVER, compression);
        transport = new ScriptedTransport(executor, eventsMayBlock);
        connection = new ByteConnection(
                new Settled(role, limits, callbacks, endpoint, policy, observer, clock, compression), transport);
        transport.listener(connection);
    }

    static Rig of(Role role, Limits limits) {
        return new Rig(role, limits, Callbacks.BLOCKING, false);
    }

    /** A server with the default limits. */
    static Rig server() {
        return of(Role.SERVER, Limits.DEFAULTS);
    }

    static Rig client() {
        return of(Role.CLIENT, Limits.DEFAULTS);
    }

    static Rig server(Limits.Builder limits) {
        return of(Role.SERVER, limits.build());
    }

    /** A server with a policy, and an observer. */
    static Rig watched(Limits.Builder limits, SendPolicy policy, @Nullable Observer observer) {
        return new Rig(Role.SERVER, limits.build(), Callbacks.BLOCKING, false, policy, observer, null);
    }

    /** One that has agreed on permessage-deflate. */
    static Rig compressing(Role role, Limits limits, Deflate deflate, SendPolicy policy) {
        return new Rig(
                role, limits, Callbacks.BLOCKING, false, policy, null, agreed(deflate, deflate.contextTakeover()));
    }

    static Compression agreed(Deflate deflate, boolean takeover) {
        PerMessageDeflate agreed = PerMessageDeflate.accept(List.of(PerMessageDeflate.offer(takeover)), takeover);
        return new Compression(deflate, requireNonNull(agreed));
    }

    /** Callbacks run on the thread of the transport's events, because it may block or because the application says so. */
    static Rig onEngineThread(boolean inline, Limits limits) {
        return new Rig(Role.SERVER, limits, inline ? Callbacks.INLINE : Callbacks.BLOCKING, !inline);
    }

    Rig open() {
        connection.opened();
        executor.runAll();
        return this;
    }

    /** Bytes of the peer arrive, in one segment, and are handled. */
    void receive(byte[]... frames) {
        transport.feed(Wire.join(frames));
        executor.runAll();
    }

    /** All that has been written, a line for each frame. */
    List<String> sent() {
        return peer.read(transport.written());
    }

    List<String> events() {
        return List.copyOf(endpoint.events);
    }

    CloseEvent closed() {
        CloseEvent event = endpoint.closed;
        if (event == null) {
            throw new AssertionError("onClose has not come: " + endpoint.events);
        }
        return event;
    }

    /** What a handshake has settled. */
    record Settled(
            Role role,
            Limits limits,
            Callbacks callbacks,
            Endpoint endpoint,
            SendPolicy sendPolicy,
            @Nullable Observer observer,
            Timers timers,
            @Nullable Compression compression)
            implements Opened {
        Settled(Role role, Limits limits, Callbacks callbacks, Endpoint endpoint) {
            this(role, limits, callbacks, endpoint, SendPolicy.fail(), null, Timers.system(), null);
        }

        @Override
        public HandshakeRequest handshakeRequest() {
            return new ClientRequest(ConnectRequest.to(URI.create("ws://localhost/")));
        }

        @Override
        public @Nullable String subprotocol() {
            return null;
        }

        @Override
        public void delivered(CoreConnection connection) {}

        @Override
        public void closed(CoreConnection connection, CloseEvent event) {}
    }
}
