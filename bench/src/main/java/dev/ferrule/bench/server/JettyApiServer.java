package dev.ferrule.bench.server;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty's WebSocket API with listeners. */
final class JettyApiServer implements EchoServer {
    private final Set<Session> everybody = ConcurrentHashMap.newKeySet();

    @Override
    public int listen(int port, int longest) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ContextHandler context = new ContextHandler("/");
        context.setHandler(WebSocketUpgradeHandler.from(server, context, container -> {
            container.setMaxTextMessageSize(Math.max(longest, container.getMaxTextMessageSize()));
            container.setMaxBinaryMessageSize(Math.max(longest, container.getMaxBinaryMessageSize()));
            container.addMapping(ECHO, (request, response, callback) -> new Echo());
            container.addMapping(BROADCAST, (request, response, callback) -> new Broadcast());
        }));
        server.setHandler(context);
        server.start();
        return connector.getLocalPort();
    }

    /** Jetty makes its method handles of public classes. */
    public static final class Echo extends Session.Listener.AbstractAutoDemanding {
        @Override
        public void onWebSocketText(String text) {
            getSession().sendText(text, Callback.NOOP);
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            getSession().sendBinary(payload, Callback.from(callback::succeed, callback::fail));
        }
    }

    /** Jetty makes its method handles of public classes. */
    public final class Broadcast extends Session.Listener.AbstractAutoDemanding {
        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            everybody.add(session);
        }

        @Override
        public void onWebSocketText(String text) {
            everybody.forEach(session -> session.sendText(text, Callback.NOOP));
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            everybody.remove(getSession());
            callback.succeed();
        }
    }
}
