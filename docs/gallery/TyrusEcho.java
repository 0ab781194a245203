import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.server.Server;

/** Echoes. */
public final class TyrusEcho {
    @ServerEndpoint("/echo")
    public static final class Echo {
        @OnMessage(maxMessageSize = 1 << 24)
        public String text(String message) {
            return message;
        }

        @OnMessage(maxMessageSize = 1 << 24)
        public ByteBuffer binary(ByteBuffer message) {
            return message;
        }

        @OnError
        public void failed(Session session, Throwable cause) {}
    }

    public static void main(String[] args) throws Exception {
        Server server = new Server("127.0.0.1", Integer.parseInt(args[0]), "/", null, Echo.class);
        server.start();
        Thread.currentThread().join();
    }
}
