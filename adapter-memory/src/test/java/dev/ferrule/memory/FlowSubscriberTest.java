package dev.ferrule.memory;

import dev.ferrule.Client;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.FlowConnection;
import dev.ferrule.Message;
import dev.ferrule.Server;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberWhiteboxVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

/** Rules 2.x and 3.x of Reactive Streams, by their own TCK: what is sent on a connection. */
public class FlowSubscriberTest extends FlowSubscriberWhiteboxVerification<Message> {
    private static final long PATIENCE_MILLIS = 10_000;
    private static final long SILENCE_MILLIS = 20;

    private final Client client = Ferrule.client().adapter("memory").build();
    private Server server;

    public FlowSubscriberTest() {
        super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS, SILENCE_MILLIS));
    }

    @BeforeClass
    void start() throws IOException {
        server = Ferrule.server()
                .adapter("memory")
                .route("/", new Endpoint() {
                    @Override
                    public @Nullable CompletionStage<?> onText(Connection connection, String text) {
                        return null;
                    }
                })
                .start();
    }

    @AfterClass
    void stop() {
        client.close();
        server.close();
    }

    @Override
    protected Subscriber<Message> createFlowSubscriber(WhiteboxSubscriberProbe<Message> probe) {
        Subscriber<Message> sender = FlowConnection.connect(client, ConnectRequest.to(server.uri("/")))
                .toCompletableFuture()
                .join()
                .sender();
        return new Probed(sender, probe);
    }

    @Override
    public Message createElement(int element) {
        return Message.text(Integer.toString(element));
    }

    /** Tells the TCK what the subscriber is told. */
    private record Probed(Subscriber<Message> sender, WhiteboxSubscriberProbe<Message> probe)
            implements Subscriber<Message> {
        @Override
        public void onSubscribe(Subscription subscription) {
            sender.onSubscribe(subscription);
            probe.registerOnSubscribe(new SubscriberPuppet() {
                @Override
                public void triggerRequest(long elements) {
                    subscription.request(elements);
                }

                @Override
                public void signalCancel() {
                    subscription.cancel();
                }
            });
        }

        @Override
        public void onNext(Message message) {
            sender.onNext(message);
            probe.registerOnNext(message);
        }

        @Override
        public void onError(Throwable failure) {
            sender.onError(failure);
            probe.registerOnError(failure);
        }

        @Override
        public void onComplete() {
            sender.onComplete();
            probe.registerOnComplete();
        }
    }
}
