package dev.ferrule.memory;

import dev.ferrule.BlockingConnection;
import dev.ferrule.Client;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.FlowConnection;
import dev.ferrule.HandshakeDecision;
import dev.ferrule.Message;
import dev.ferrule.Server;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow.Publisher;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

/** Rules 1.x and 3.x of Reactive Streams, by their own TCK: the messages of a connection whose server sends so many. */
public class FlowPublisherTest extends FlowPublisherVerification<Message> {
    private static final long PATIENCE_MILLIS = 10_000;
    private static final long SILENCE_MILLIS = 20;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "flow-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Client client = Ferrule.client().adapter("memory").build();
    private Server server;

    public FlowPublisherTest() {
        super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS, SILENCE_MILLIS));
    }

    @BeforeClass
    void start() throws IOException {
        server = Ferrule.server()
                .adapter("memory")
                .route("/send", request -> HandshakeDecision.accept(sending(Long.parseLong(request.query()))))
                .route("/abort", new Endpoint() {
                    @Override
                    public void onOpen(Connection connection) {
                        connection.abort();
                    }
                })
                .start();
    }

    @AfterClass
    void stop() {
        client.close();
        server.close();
        threads.shutdownNow();
    }

    private Endpoint sending(long elements) {
        return BlockingConnection.endpoint(
                connection -> {
                    for (long i = 0; i < elements; i++) {
                        connection.send(Long.toString(i));
                    }
                },
                threads);
    }

    private FlowConnection connect(String target) {
        ConnectRequest request =
                ConnectRequest.to(URI.create(server.uri("/").resolve(target).toString()));
        return FlowConnection.connect(client, request).toCompletableFuture().join();
    }

    @Override
    public Publisher<Message> createFlowPublisher(long elements) {
        return connect("/send?" + elements).messages();
    }

    @Override
    public Publisher<Message> createFailedFlowPublisher() {
        return connect("/abort").messages();
    }
}
