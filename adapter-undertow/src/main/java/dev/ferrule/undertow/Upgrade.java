package dev.ferrule.undertow;

import dev.ferrule.spi.Opening;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.HttpUpgradeListener;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/**
 * What follows a 101: the connection opens, or is lost before. Undertow holds this for as long as the connection lives, so it
 * is one object, and lets go of what it was for.
 */
final class Upgrade implements HttpUpgradeListener, ServerConnection.CloseListener {
    private static final AtomicReferenceFieldUpdater<Upgrade, @Nullable Opening> OPENING =
            AtomicReferenceFieldUpdater.newUpdater(Upgrade.class, Opening.class, "opening");

    private final SharedThreads.OfIoThread threads;
    private final boolean secure;
    private volatile @Nullable Opening opening;

    Upgrade(Opening opening, SharedThreads.OfIoThread threads, HttpServerExchange exchange) {
        this.opening = opening;
        this.threads = threads;
        this.secure = exchange.isSecure();
    }

    /** What is to be told, once. */
    private @Nullable Opening settle() {
        Opening settled = opening;
        return settled != null && OPENING.compareAndSet(this, settled, null) ? settled : null;
    }

    @Override
    public void closed(ServerConnection connection) {
        Opening lost = settle();
        if (lost != null) {
            lost.lost();
        }
    }

    @Override
    public void handleUpgrade(StreamConnection connection, HttpServerExchange exchange) {
        Opening opened = settle();
        if (opened != null) {
            forgetHttp(exchange.getConnection(), connection);
            UpgradedStream stream = new UpgradedStream(connection, secure, threads);
            stream.bind(opened.overBytes(stream));
        }
    }

    /** Nothing goes through Undertow's conduits for HTTP any more. */
    private static void forgetHttp(ServerConnection server, StreamConnection connection) {
        if (server instanceof HttpServerConnection http && http.getExtraBytes() == null) {
            connection.getSourceChannel().setConduit(http.getOriginalSourceConduit());
            connection.getSinkChannel().setConduit(http.getOriginalSinkConduit());
        }
    }
}
