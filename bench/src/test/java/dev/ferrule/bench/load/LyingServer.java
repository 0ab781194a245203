package dev.ferrule.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Makes the opening handshake of one connection, and answers whatever comes with bytes of the test's choice. */
final class LyingServer implements Closeable {
    private static final String RESPONSE = """
            HTTP/1.1 101 Switching Protocols\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
            \r
            """;

    private final ServerSocket listener = new ServerSocket();

    LyingServer(byte[] reply) throws IOException {
        listener.bind(Loopback.port(0));
        Thread thread = new Thread(() -> serve(reply), "lying");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(byte[] reply) {
        try (Socket socket = listener.accept()) {
            InputStream in = socket.getInputStream();
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                head += (char) in.read();
            }
            socket.getOutputStream().write(RESPONSE.getBytes(StandardCharsets.US_ASCII));
            in.read();
            socket.getOutputStream().write(reply);
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The test has closed one of the sockets: it is over.
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
