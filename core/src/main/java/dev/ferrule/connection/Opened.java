package dev.ferrule.connection;

import dev.ferrule.Callbacks;
import dev.ferrule.CloseEvent;
import dev.ferrule.Endpoint;
import dev.ferrule.HandshakeRequest;
import dev.ferrule.Limits;
import dev.ferrule.Observer;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.Role;
import dev.ferrule.spi.Timers;
import org.jspecify.annotations.Nullable;

/** What an opening handshake has settled for its connection, and who wants to know of the connection's beginning and end. */
interface Opened {
    Role role();

    Limits limits();

    Timers timers();

    Callbacks callbacks();

    default SendPolicy sendPolicy() {
        return SendPolicy.fail();
    }

    default @Nullable Observer observer() {
        return null;
    }

    Endpoint endpoint();

    HandshakeRequest handshakeRequest();

    @Nullable
    String subprotocol();

    /** How messages are compressed, or null if they aren't. */
    default @Nullable Compression compression() {
        return null;
    }

    /** The endpoint has had its onOpen. */
    void delivered(CoreConnection connection);

    /** The endpoint has had its onClose. */
    void closed(CoreConnection connection, CloseEvent event);
}
