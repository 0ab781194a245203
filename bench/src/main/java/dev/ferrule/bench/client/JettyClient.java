package dev.ferrule.bench.client;

import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/** Jetty's client with a listener. */
final class JettyClient implements EchoClient {
    private static final int LONGEST = 1 << 24;

    private final WebSocketClient client = new WebSocketClient();

    @Override
    public CompletionStage<?> connect(URI uri, Loop loop) throws Exception {
        client.setMaxTextMessageSize(LONGEST);
        client.start();
        return client.connect(new Echo(loop), uri);
    }

    /** Jetty makes its method handles of public classes. */
    public static final class Echo extends Session.Listener.AbstractAutoDemanding {
        private final Loop loop;

        Echo(Loop loop) {
            this.loop = loop;
        }

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            loop.begin(text -> session.sendText(text, Callback.NOOP));
        }

        @Override
        public void onWebSocketText(String text) {
            getSession().sendText(loop.next(text), Callback.NOOP);
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            Loop.failed(cause);
        }
    }
}
