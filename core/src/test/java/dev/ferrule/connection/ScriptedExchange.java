package dev.ferrule.connection;

import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.OpeningRequest;
import dev.ferrule.spi.Opening;
import dev.ferrule.spi.ServerExchange;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A request that has come to an adapter, in memory: records its one answer. */
final class ScriptedExchange implements ServerExchange {
    private final ManualExecutor executor;
    private final OpeningRequest request;
    private final boolean mayBlock;
    final Recorder endpoint = new Recorder();

    SocketAddress address = InetSocketAddress.createUnresolved("peer.example", 4711);
    int status;
    Headers headers = Headers.empty();
    String body = "";

    @Nullable
    Opening opening;

    @Nullable
    ByteConnection connection;

    @Nullable
    ScriptedTransport transport;

    ScriptedExchange(ManualExecutor executor, boolean mayBlock, String target, String... fields) {
        this.executor = executor;
        this.mayBlock = mayBlock;
        Headers.Builder all = Headers.builder()
                .add("Host", "example.com")
                .add("Upgrade", "websocket")
                .add("Connection", "Upgrade")
                .add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        boolean version = false;
        for (int i = 0; i < fields.length; i += 2) {
            all.add(fields[i], fields[i + 1]);
            version |= fields[i].equals("Sec-WebSocket-Version");
        }
        if (!version) {
            all.add("Sec-WebSocket-Version", "13");
        }
        request = new OpeningRequest("GET", "HTTP/1.1", target, all.build());
    }

    private void answered(int with, Headers fields) {
        if (status != 0) {
            throw new AssertionError("answered with " + status + " already, and now with " + with);
        }
        status = with;
        headers = fields;
    }

    /** The 101 has left: the connection is bound to a transport. */
    ScriptedExchange bind() {
        transport = new ScriptedTransport(executor, false);
        connection = (ByteConnection) opening.overBytes(transport);
        transport.listener(connection);
        connection.opened();
        executor.runAll();
        return this;
    }

    @Override
    public void respond(int with, Headers fields, byte[] bytes) {
        answered(with, fields);
        body = new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void upgrade(Headers fields, Opening makes) {
        answered(101, fields);
        opening = makes;
    }

    @Override
    public OpeningRequest request() {
        return request;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return address;
    }

    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        return null;
    }

    @Override
    public @Nullable Principal principal() {
        return () -> "somebody";
    }

    @Override
    public Executor workers() {
        return executor;
    }

    @Override
    public boolean mayBlock() {
        return mayBlock;
    }
}
