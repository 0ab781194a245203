package dev.ferrule.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.net.ServerSocketFactory;

/** A server that answers each connection as it was told to, until the client has had enough. */
final class MaliciousServer implements AutoCloseable {
    /** What it does with a connection whose request has come. */
    interface Behaviour {
        void answer(InputStream in, OutputStream out, String accept) throws IOException, InterruptedException;
    }

    private final ServerSocket listening;
    private final Behaviour behaviour;

    MaliciousServer(ServerSocketFactory sockets, Behaviour behaviour) throws IOException {
        this.listening = sockets.createServerSocket(0, 50, InetAddress.getByAddress(RawClient.LOOPBACK));
        this.behaviour = behaviour;
        daemon(this::serve);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = listening.accept();
                daemon(() -> answer(socket));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "malicious");
        thread.setDaemon(true);
        thread.start();
    }

    private void answer(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            behaviour.answer(in, socket.getOutputStream(), accept(head(in)));
        } catch (IOException | InterruptedException | GeneralSecurityException ended) {
            // The client has gone, which is what it should do.
            return;
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String accept(String head) throws GeneralSecurityException {
        String name = "sec-websocket-key:";
        String key = head.lines()
                .filter(line -> line.regionMatches(true, 0, name, 0, name.length()))
                .findFirst()
                .orElse(name)
                .substring(name.length())
                .trim();
        byte[] hash = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII));
        return Base64.getEncoder().encodeToString(hash);
    }

    /** A good response, with further lines. */
    static byte[] response(String accept, String further) {
        return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + accept + "\r\n" + further + "\r\n")
                .getBytes(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
