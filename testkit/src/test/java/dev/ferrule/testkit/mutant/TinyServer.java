package dev.ferrule.testkit.mutant;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.wire.AcceptKey;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Tls;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;

/** A correct echo server, or one with flaws; a thread per connection. */
public final class TinyServer implements AutoCloseable {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tiny");
        thread.setDaemon(true);
        return thread;
    });

    private final ServerSocket listener;
    private final boolean secure;
    private final Flaws flaws;
    private volatile boolean dead;

    public TinyServer(Flaws flaws) throws IOException {
        this(flaws, false);
    }

    TinyServer(Flaws flaws, boolean secure) throws IOException {
        this.flaws = flaws;
        this.secure = secure;
        ServerSocketFactory factory =
                secure ? Tls.serving().getServerSocketFactory() : ServerSocketFactory.getDefault();
        listener = factory.createServerSocket(0, 100, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        daemon(this::acceptAll);
    }

    public URI uri() {
        return URI.create((secure ? "wss" : "ws") + "://127.0.0.1:" + listener.getLocalPort() + "/echo");
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = listener.accept();
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (!dead) {
                socket.setTcpNoDelay(true);
                handshake(socket, new BufferedInputStream(socket.getInputStream()));
            }
        } catch (SocketException e) {
            dead = flaws.has(Flaw.DIES_OF_RESET);
        } catch (IOException e) {
            // The other side went away.
        }
    }

    private void handshake(Socket socket, InputStream in) throws IOException {
        TinyHead heads = new TinyHead(flaws);
        HttpHead request = heads.read(in);
        int status = TinyDeflate.refuses(request.fields(), flaws) ? 400 : heads.judge(request);
        if (status != 101) {
            refuse(socket, status);
            if (flaws.has(Flaw.FRAMES_AFTER_REFUSAL)) {
                new TinyEcho(socket, in, Role.SERVER, flaws, Optional.empty()).run();
            }
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return;
        }
        Optional<String> extension = TinyDeflate.answer(request.fields(), flaws);
        accept(request, extension).writeTo(socket.getOutputStream());
        Optional<Agreement> agreement =
                extension.flatMap(answer -> Agreement.of(Fields.of("Sec-WebSocket-Extensions", answer)));
        new TinyEcho(socket, in, Role.SERVER, flaws, agreement).run();
    }

    private void refuse(Socket socket, int status) throws IOException {
        if (!flaws.has(Flaw.REFUSES_SILENTLY)) {
            int said = flaws.has(Flaw.REFUSES_WITH_500) ? 500 : status;
            boolean listed = status == 426 && !flaws.has(Flaw.NO_VERSION_LIST);
            Bytes.latin1("HTTP/1.1 " + said + " No\r\nConnection: close\r\nContent-Length: 0\r\n"
                            + (listed ? "Sec-WebSocket-Version: 13\r\n" : "") + "\r\n")
                    .writeTo(socket.getOutputStream());
        }
        if (!flaws.has(Flaw.FRAMES_AFTER_REFUSAL)) {
            socket.shutdownOutput();
        }
    }

    private Bytes accept(HttpHead request, Optional<String> extension) {
        List<String> keys = request.fields().all("Sec-WebSocket-Key");
        String key = keys.isEmpty() ? "" : keys.get(0);
        String version = flaws.has(Flaw.ANSWERS_AS_HTTP_10) ? "HTTP/1.0" : "HTTP/1.1";
        StringBuilder text = new StringBuilder(version + " 101 Switching Protocols\r\n");
        text.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ");
        // The key as it came: one that was not trimmed has its whitespace hashed.
        String hashed = flaws.has(Flaw.KEY_NOT_TRIMMED) ? " " + key : key;
        text.append(AcceptKey.of(flaws.has(Flaw.WRONG_ACCEPT) ? key.toLowerCase(Locale.ROOT) : hashed));
        text.append("\r\n");
        List<String> offered = request.fields().elements("Sec-WebSocket-Protocol");
        if (flaws.has(Flaw.UNASKED_SUBPROTOCOL)) {
            text.append("Sec-WebSocket-Protocol: chat\r\n");
        } else if (flaws.has(Flaw.SUBPROTOCOL_IN_LOWER_CASE) && !offered.isEmpty()) {
            text.append("Sec-WebSocket-Protocol: ")
                    .append(offered.get(0).toLowerCase(Locale.ROOT))
                    .append("\r\n");
        }
        text.append(flaws.has(Flaw.UNASKED_EXTENSION) ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "");
        extension.ifPresent(answer ->
                text.append("Sec-WebSocket-Extensions: ").append(answer).append("\r\n"));
        text.append(flaws.has(Flaw.LENGTH_IN_101) ? "Content-Length: 0\r\n" : "");
        return Bytes.latin1(text + (flaws.has(Flaw.EMPTY_LINE_BEHIND_101) ? "\r\n\r\n" : "\r\n"));
    }

    static void daemon(Runnable task) {
        THREADS.execute(task);
    }
}
