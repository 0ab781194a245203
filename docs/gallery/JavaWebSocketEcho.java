import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** Echoes, compressed if the client offers it. */
final class JavaWebSocketEcho {
    public static void main(String[] args) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
        WebSocketServer server = new WebSocketServer(address, List.of(new Draft_6455(new PerMessageDeflateExtension()))) {
            @Override
            public void onOpen(WebSocket connection, ClientHandshake handshake) {}

            @Override
            public void onClose(WebSocket connection, int code, String reason, boolean remote) {}

            @Override
            public void onMessage(WebSocket connection, String message) {
                connection.send(message);
            }

            @Override
            public void onMessage(WebSocket connection, ByteBuffer message) {
                connection.send(message);
            }

            @Override
            public void onError(WebSocket connection, Exception exception) {}

            @Override
            public void onStart() {}
        };
        server.setReuseAddr(true);
        server.setTcpNoDelay(true);
        server.run();
    }
}
