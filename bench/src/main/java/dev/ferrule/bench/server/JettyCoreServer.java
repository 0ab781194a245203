package dev.ferrule.bench.server;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/** The layer below Jetty's WebSocket API: frames, of which its user makes messages; UTF-8 is left to the user as well. */
final class JettyCoreServer implements EchoServer {
    private final Set<CoreSession> everybody = ConcurrentHashMap.newKeySet();

    @Override
    public int listen(int port, int longest) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        WebSocketUpgradeHandler upgrade = new WebSocketUpgradeHandler();
        Configuration.ConfigurationCustomizer customizer = new Configuration.ConfigurationCustomizer();
        customizer.setMaxFrameSize(Math.max(longest, 1 << 16));
        customizer.setInputBufferSize(16 << 10);
        customizer.setAutoFragment(false);
        upgrade.addMapping(ECHO, negotiator(Echo::new, customizer));
        upgrade.addMapping(BROADCAST, negotiator(Broadcast::new, customizer));
        ContextHandler context = new ContextHandler(upgrade, "/");
        server.setHandler(context);
        server.start();
        return connector.getLocalPort();
    }

    private static WebSocketNegotiator negotiator(
            Supplier<FrameHandler> handlers, Configuration.Customizer customizer) {
        return WebSocketNegotiator.from(
                (request, response, callback) -> handlers.get(),
                (made, request, response) -> (FrameHandler) made,
                customizer);
    }

    /** Puts the fragments of a message together. */
    private abstract static class Messages implements FrameHandler {
        private final ByteArrayOutputStream fragments = new ByteArrayOutputStream(0);
        private byte opcode;
        private @Nullable CoreSession opened;

        abstract void message(CoreSession session, byte opcode, ByteBuffer payload, Callback callback);

        @Override
        public void onOpen(CoreSession coreSession, Callback callback) {
            opened = coreSession;
            callback.succeeded();
            coreSession.demand();
        }

        @Override
        public void onFrame(Frame frame, Callback callback) {
            CoreSession session = requireNonNull(opened);
            if (frame.isControlFrame()) {
                callback.succeeded();
            } else if (frame.isFin() && frame.getOpCode() != OpCode.CONTINUATION) {
                message(session, frame.getOpCode(), frame.getPayload(), callback);
            } else {
                fragment(session, frame, callback);
            }
            session.demand();
        }

        private void fragment(CoreSession session, Frame frame, Callback callback) {
            if (frame.getOpCode() != OpCode.CONTINUATION) {
                opcode = frame.getOpCode();
            }
            fragments.writeBytes(BufferUtil.toArray(frame.getPayload()));
            if (!frame.isFin()) {
                callback.succeeded();
                return;
            }
            ByteBuffer whole = ByteBuffer.wrap(fragments.toByteArray());
            fragments.reset();
            message(session, opcode, whole, callback);
        }

        @Override
        public void onError(Throwable cause, Callback callback) {
            callback.succeeded();
        }

        @Override
        public void onClosed(CloseStatus closeStatus, Callback callback) {
            callback.succeeded();
        }
    }

    private static final class Echo extends Messages {
        @Override
        void message(CoreSession session, byte opcode, ByteBuffer payload, Callback callback) {
            if (opcode == OpCode.TEXT) {
                String text = BufferUtil.toUTF8String(payload);
                callback.succeeded();
                session.sendFrame(new Frame(OpCode.TEXT, text), Callback.NOOP, false);
            } else {
                session.sendFrame(new Frame(OpCode.BINARY, payload), callback, false);
            }
        }
    }

    private final class Broadcast extends Messages {
        @Override
        public void onOpen(CoreSession coreSession, Callback callback) {
            everybody.add(coreSession);
            super.onOpen(coreSession, callback);
        }

        @Override
        void message(CoreSession session, byte opcode, ByteBuffer payload, Callback callback) {
            String text = BufferUtil.toUTF8String(payload);
            callback.succeeded();
            everybody.forEach(each -> each.sendFrame(new Frame(OpCode.TEXT, text), Callback.NOOP, false));
        }

        @Override
        public void onClosed(CloseStatus closeStatus, Callback callback) {
            everybody.removeIf(session -> !session.isOutputOpen());
            super.onClosed(closeStatus, callback);
        }
    }
}
