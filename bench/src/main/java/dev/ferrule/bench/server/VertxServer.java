package dev.ferrule.bench.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Vert.x's HTTP server with handlers of whole messages. */
final class VertxServer implements EchoServer {
    /** All connections of a server that is started outside of a verticle share one event loop. */
    private final Set<ServerWebSocket> everybody = new HashSet<>();

    @Override
    public int listen(int port, int longest) throws Exception {
        HttpServerOptions options = new HttpServerOptions();
        options.setMaxWebSocketFrameSize(Math.max(longest, HttpServerOptions.DEFAULT_MAX_WEBSOCKET_FRAME_SIZE))
                .setMaxWebSocketMessageSize(Math.max(longest, HttpServerOptions.DEFAULT_MAX_WEBSOCKET_MESSAGE_SIZE));
        return Vertx.vertx()
                .createHttpServer(options)
                .webSocketHandler(this::opened)
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();
    }

    private void opened(ServerWebSocket socket) {
        if (socket.path().equals(BROADCAST)) {
            everybody.add(socket);
            socket.closeHandler(ended -> everybody.remove(socket));
            socket.textMessageHandler(text -> everybody.forEach(each -> each.writeTextMessage(text)));
        } else {
            socket.textMessageHandler(socket::writeTextMessage);
            socket.binaryMessageHandler(socket::writeBinaryMessage);
        }
    }
}
