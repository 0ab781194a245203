package dev.ferrule.bench.server;

import java.util.Map;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.WebsocketServerSpec;

/** Spring WebFlux on Reactor Netty. */
final class WebFluxServer implements EchoServer {
    private final Sinks.Many<String> everybody = Sinks.many().multicast().onBackpressureBuffer(1024, false);

    @Override
    public int listen(int port, int longest) {
        WebSocketHandler echo = session -> session.send(session.receive().map(message -> echo(session, message)));
        SimpleUrlHandlerMapping mapping =
                new SimpleUrlHandlerMapping(Map.of(ECHO, echo, BROADCAST, (WebSocketHandler) this::broadcast), -1);
        ReactorNettyRequestUpgradeStrategy strategy = new ReactorNettyRequestUpgradeStrategy(
                () -> WebsocketServerSpec.builder().maxFramePayloadLength(Math.max(longest, 65_536)));
        StaticApplicationContext context = new StaticApplicationContext();
        context.registerBean("mapping", SimpleUrlHandlerMapping.class, () -> mapping);
        context.registerBean(
                WebSocketHandlerAdapter.class,
                () -> new WebSocketHandlerAdapter(new HandshakeWebSocketService(strategy)));
        context.refresh();
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(new DispatcherHandler(context))
                        .build()))
                .bindNow()
                .port();
    }

    private static WebSocketMessage echo(WebSocketSession session, WebSocketMessage message) {
        return message.getType() == WebSocketMessage.Type.TEXT
                ? session.textMessage(message.getPayloadAsText())
                : message.retain();
    }

    private Mono<Void> broadcast(WebSocketSession session) {
        Mono<Void> out = session.send(everybody.asFlux().map(session::textMessage));
        Mono<Void> in = session.receive()
                .map(WebSocketMessage::getPayloadAsText)
                .doOnNext(text -> everybody.emitNext(text, (signal, result) -> result.isFailure()))
                .then();
        return Mono.firstWithSignal(in, out);
    }
}
