package dev.ferrule.examples;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Group;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.Server;
import dev.ferrule.ServerBuilder;
import dev.ferrule.protocol.CloseCode;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A chat room: one endpoint object that all connections share.
 *
 * <p>Messages are lines of text, the first of which says what it is. A browser sends
 *
 * <pre>
 * join         say
 * NAME         TEXT, of any number of lines
 * </pre>
 *
 * and gets, after {@code welcome} with the name that it was given and the names of all who are present,
 *
 * <pre>
 * welcome      joined       left         said
 * NAME         NAME         NAME         NAME
 * NAME...                                TEXT
 * </pre>
 */
final class Chat implements Endpoint {
    static final Command COMMAND = new Command(
            "chat",
            "a chat room with a page for browsers",
            List.of(
                    Option.of("--engine", "jetty|undertow", "what it runs on; jetty by default"),
                    Option.of("--port", "N", "where it listens on 127.0.0.1; 8080 by default, 0 picks a free one")),
            Chat::run);

    private static final int NAME_LENGTH = 24;
    private static final int TEXT_LENGTH = 1000;

    /** A thousand characters are at most 4,000 bytes of UTF-8; who doesn't read is soon out of the room. */
    private static final Limits LIMITS = Limits.builder()
            .messageBytes(4096)
            .frameBytes(4096)
            .queueMessages(256)
            .connections(1000)
            .build();

    /** How soon the next message of somebody is looked at. It waits in their own TCP connection, not in our memory. */
    private static final Executor PACE = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

    private final Executor pace;
    private final Group group = new Group();

    /** So that everybody sees joins, messages and leaves in the same order. Sending under it is fine: it never blocks. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Connection, String> names = new LinkedHashMap<>();

    private static int run(Arguments arguments, PrintStream out) throws Exception {
        Server server = server().adapter(arguments.choice("--engine", Serving.ENGINES))
                .listen("127.0.0.1", arguments.number("--port", 8080, 0, 0xFFFF))
                .start();
        out.println("open http://127.0.0.1:" + server.port() + "/ in a browser, in two tabs for instance");
        Serving.untilTerminated(server);
        return 0;
    }

    private Chat(Executor pace) {
        this.pace = pace;
    }

    static ServerBuilder server() {
        return server(PACE);
    }

    static ServerBuilder server(Executor pace) {
        return Ferrule.server().limits(LIMITS).route("/chat", new Chat(pace)).http(new Page("chat.html"));
    }

    @Override
    public CompletionStage<?> onText(Connection connection, String text) {
        String[] message = text.split("\n", 2);
        String content = message.length == 2 ? message[1] : "";
        lock.lock();
        try {
            switch (message[0]) {
                case "join" -> join(connection, content);
                case "say" -> say(connection, content);
                default -> connection.close(CloseCode.POLICY_VIOLATION, "a message begins with join or say");
            }
        } finally {
            lock.unlock();
        }
        return CompletableFuture.runAsync(() -> {}, pace);
    }

    @Override
    public void onClose(Connection connection, CloseEvent event) {
        lock.lock();
        try {
            String name = names.remove(connection);
            if (name != null) {
                group.remove(connection);
                tell("left\n" + name);
            }
        } finally {
            lock.unlock();
        }
    }

    private void join(Connection connection, String wanted) {
        String name = unused(shortened(wanted.replaceAll("[\\p{C}\\s]+", " ").strip(), NAME_LENGTH));
        if (name.isEmpty() || names.containsKey(connection)) {
            connection.close(CloseCode.POLICY_VIOLATION, "join once, with a name");
            return;
        }
        tell("joined\n" + name);
        names.put(connection, name);
        group.add(connection);
        connection.send("welcome\n" + name + "\n" + String.join("\n", names.values()));
    }

    private void say(Connection connection, String content) {
        String name = names.get(connection);
        String text = shortened(content.strip(), TEXT_LENGTH);
        if (name != null && !text.isEmpty()) {
            tell("said\n" + name + "\n" + text);
        }
    }

    /** To everybody who has joined. Encoded once; refused by those whose queue is full, who must come back later. */
    private void tell(String message) {
        for (Connection slow : group.send(Message.text(message))) {
            slow.close(CloseCode.TRY_AGAIN_LATER, "reads too slowly");
        }
    }

    /** The second Ada is Ada 2. */
    private String unused(String name) {
        String candidate = name;
        for (int i = 2; names.containsValue(candidate); i++) {
            candidate = name + " " + i;
        }
        return candidate;
    }

    /** Counts code points, as one character may be two Java chars that only make sense together. */
    private static String shortened(String text, int length) {
        return text.codePointCount(0, text.length()) <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, length));
    }
}
