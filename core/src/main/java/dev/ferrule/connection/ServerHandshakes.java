package dev.ferrule.connection;

import dev.ferrule.Acceptor;
import dev.ferrule.Connection;
import dev.ferrule.HandshakeDecision;
import dev.ferrule.HttpHook;
import dev.ferrule.Observer;
import dev.ferrule.Server.StopReport;
import dev.ferrule.ServerOptions;
import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.OpeningRequest;
import dev.ferrule.protocol.OpeningResponse;
import dev.ferrule.protocol.Role;
import dev.ferrule.protocol.ServerHandshake;
import dev.ferrule.spi.Handshakes;
import dev.ferrule.spi.ServerExchange;
import dev.ferrule.spi.Timers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The opening handshakes of a server: checks each request, asks the acceptor of its route, and answers. */
public final class ServerHandshakes implements Handshakes {
    private static final Logger LOG = LoggerFactory.getLogger("dev.ferrule.handshake");

    /** The path is the one string that all its connections share. */
    private record Route(String path, Acceptor acceptor) {}

    private final ServerOptions options;
    private final Map<String, Route> routes = new HashMap<>();
    private final HttpHook http;
    private final ServerConnections connections;

    /**
     * The handshakes of a server that starts.
     *
     * @param options the routes and what holds for them
     * @param http answers requests outside of the routes
     * @param timers the clock and scheduler of its connections
     */
    public ServerHandshakes(ServerOptions options, HttpHook http, Timers timers) {
        this.options = options;
        options.routes().forEach((path, acceptor) -> routes.put(path, new Route(path, acceptor)));
        this.http = http;
        this.connections = new ServerConnections(timers);
    }

    @Override
    public boolean routes(String path) {
        return routes.containsKey(path);
    }

    @Override
    public ServerOptions options() {
        return options;
    }

    @Override
    public Collection<Connection> connections() {
        return connections.open();
    }

    @Override
    public CompletionStage<StopReport> stop(Duration grace) {
        return connections.stop(grace);
    }

    @Override
    public void handle(ServerExchange exchange) {
        OpeningRequest request = exchange.request();
        Route route = routes.get(request.path());
        if (route == null) {
            answerPlain(exchange, request);
            return;
        }
        ServerHandshake.Result result = ServerHandshake.check(request);
        if (result instanceof ServerHandshake.Valid valid) {
            decide(exchange, valid, route);
        } else if (result instanceof ServerHandshake.Refused refused) {
            refuse(exchange, refused);
        }
    }

    private void answerPlain(ServerExchange exchange, OpeningRequest request) {
        HttpHook.@Nullable Response response;
        try {
            response = http.respond(request.method(), request.path());
        } catch (Exception e) {
            LogOnce.error(LOG, "the hook for plain HTTP requests threw", e);
            respond(exchange, 500, Headers.empty(), "internal error");
            return;
        }
        if (response == null) {
            respond(exchange, 404, Headers.empty(), "nothing here");
        } else {
            byte[] body = new byte[response.body().remaining()];
            response.body().get(response.body().position(), body);
            exchange.respond(response.status(), response.headers(), body);
        }
    }

    private void refuse(ServerExchange exchange, ServerHandshake.Refused refused) {
        refused(exchange, refused.status(), refused.reason());
        respond(exchange, refused.status(), refused.headers(), refused.reason());
    }

    /** No place, or no time: the client may come back. */
    private void refuseForNow(ServerExchange exchange, String reason) {
        refused(exchange, 503, reason);
        respond(exchange, 503, Headers.empty().with("Retry-After", "5"), reason);
    }

    /** Before the answer, behind which the exchange may no longer say where it came from. */
    private void refused(ServerExchange exchange, int status, String reason) {
        LOG.debug("refused a handshake of {} with {}: {}", exchange.remoteAddress(), status, reason);
        Observer observer = options.observer();
        if (observer != null) {
            Observer.Refusal refusal = new Observer.Refusal(
                    Role.SERVER, status, exchange.request().path(), exchange.remoteAddress(), reason);
            Observation.tell(observer, to -> to.refused(refusal));
        }
    }

    private static void respond(ServerExchange exchange, int status, Headers headers, String text) {
        exchange.respond(
                status,
                headers.with("Content-Type", "text/plain; charset=utf-8"),
                (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void decide(ServerExchange exchange, ServerHandshake.Valid valid, Route route) {
        ServerHandshake.Refused origin = options.origins().check(valid, exchange.secure());
        if (origin != null) {
            refuse(exchange, origin);
            return;
        }
        ServerOpening opening = connections.begin(options, exchange, valid, route.path());
        if (opening == null) {
            refuseForNow(exchange, "no further connections now");
            return;
        }
        opening.refuseLateBy(() -> refuseForNow(exchange, "the handshake took too long"));
        Runnable ask = () -> ask(exchange, opening, route.acceptor());
        Executor chosen = options.callbacks().executor();
        boolean mayRunHere = chosen == null && (options.callbacks().inline() || exchange.mayBlock());
        if (mayRunHere || route.acceptor() instanceof AcceptsAll) {
            ask.run();
        } else {
            Fallback.execute(chosen != null ? chosen : exchange.workers(), ask);
        }
    }

    private void ask(ServerExchange exchange, ServerOpening opening, Acceptor acceptor) {
        try {
            settle(exchange, opening, acceptor.accept(opening.handshakeRequest()));
        } catch (Throwable t) {
            failed(exchange, opening, t);
        }
    }

    private void settle(ServerExchange exchange, ServerOpening opening, HandshakeDecision decision) {
        if (decision instanceof HandshakeDecision.Accept accept) {
            accept(exchange, opening, accept);
        } else if (decision instanceof HandshakeDecision.Reject reject) {
            if (opening.answer()) {
                opening.forget();
                refused(exchange, reject.status(), "rejected by the acceptor");
                exchange.respond(reject.status(), reject.headers(), reject.bodyBytes());
            }
        } else if (decision instanceof HandshakeDecision.Later later) {
            later.decision().whenComplete((made, failure) -> {
                if (failure != null) {
                    failed(exchange, opening, failure);
                    return;
                }
                try {
                    settle(exchange, opening, made);
                } catch (Throwable t) {
                    failed(exchange, opening, t);
                }
            });
        } else {
            throw new NullPointerException("the decision is null");
        }
    }

    private static void accept(ServerExchange exchange, ServerOpening opening, HandshakeDecision.Accept accept) {
        ServerHandshake.Valid valid = opening.valid();
        Compression compression = opening.compress(valid.extensions());
        // Whatever the application gave that may not stand in the response is refused here, before anything is sent.
        OpeningResponse response = ServerHandshake.accept(
                valid,
                accept.subprotocol(),
                compression == null ? List.of() : List.of(compression.agreed().response()),
                accept.headers());
        if (opening.answer()) {
            opening.accepted(accept, compression);
            exchange.upgrade(response.headers(), opening);
        }
    }

    private void failed(ServerExchange exchange, ServerOpening opening, Throwable t) {
        if (opening.answer()) {
            LogOnce.error(
                    LOG,
                    "acceptor",
                    "the acceptor of " + opening.handshakeRequest().path() + " threw",
                    t);
            opening.forget();
            refused(exchange, 500, "the acceptor threw");
            respond(exchange, 500, Headers.empty(), "internal error");
        }
    }
}
