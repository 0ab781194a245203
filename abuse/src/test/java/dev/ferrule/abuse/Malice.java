package dev.ferrule.abuse;

import static dev.ferrule.abuse.MaliciousServer.response;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ferrule.abuse.MaliciousServer.Behaviour;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a server may do to a client.
 *
 * @param name what it does
 * @param ends how the client may end it: {@code handshake} if it never opens, else close codes
 * @param behaviour does it
 */
record Malice(String name, Set<String> ends, Behaviour behaviour) {
    static final String ENDLESS_BODY = "a refusal whose body never ends";

    private static final String STATUS = "HTTP/1.1 101 Switching Protocols\r\n";
    private static final Set<String> HANDSHAKE = Set.of("handshake");
    private static final Set<String> TOO_BIG = Set.of("1009");
    private static final Set<String> WRONG = Set.of("1002");
    private static final byte[] BLOCK = new byte[16 << 10];

    static {
        Arrays.fill(BLOCK, (byte) 'x');
    }

    static final List<Malice> ALL = List.of(
            new Malice("says nothing", HANDSHAKE, (in, out, accept) -> waits(in)),
            new Malice("headers that never end", HANDSHAKE, (in, out, accept) -> {
                write(out, STATUS);
                repeat(out, "X-More: and more\r\n".repeat(100).getBytes(ISO_8859_1));
            }),
            new Malice("one header that never ends", HANDSHAKE, (in, out, accept) -> {
                write(out, STATUS + "X-Long: ");
                repeat(out, BLOCK);
            }),
            new Malice("a response that drips", HANDSHAKE, (in, out, accept) -> {
                for (byte next : response(accept, "")) {
                    out.write(next);
                    Thread.sleep(100);
                }
            }),
            new Malice("interim responses that never end", HANDSHAKE, (in, out, accept) -> {
                repeat(out, "HTTP/1.1 100 Continue\r\n\r\n".repeat(100).getBytes(ISO_8859_1));
            }),
            new Malice("a wrong accept", HANDSHAKE, (in, out, accept) -> {
                out.write(response("AAAAAAAAAAAAAAAAAAAAAAAAAAA=", ""));
                waits(in);
            }),
            new Malice("an extension that nobody asked for", HANDSHAKE, (in, out, accept) -> {
                out.write(response(accept, "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
                waits(in);
            }),
            new Malice("a subprotocol that nobody asked for", HANDSHAKE, (in, out, accept) -> {
                out.write(response(accept, "Sec-WebSocket-Protocol: chat\r\n"));
                waits(in);
            }),
            new Malice(ENDLESS_BODY, HANDSHAKE, (in, out, accept) -> endlessBody(out, new AtomicLong())),
            opened("masked frames", WRONG, (in, out, accept) -> {
                out.write(RawClient.frame(0x81, new byte[] {'x'}));
                waits(in);
            }),
            opened("a huge message", TOO_BIG, (in, out, accept) -> {
                out.write(new byte[] {(byte) 0x82, 127, 0x40, 0, 0, 0, 0, 0, 0, 0});
                repeat(out, BLOCK);
            }),
            opened("a message that never ends", TOO_BIG, (in, out, accept) -> {
                out.write(new byte[] {0x02, 126, 0x40, 0});
                out.write(BLOCK);
                byte[] fragment = new byte[4 + BLOCK.length];
                System.arraycopy(new byte[] {0x00, 126, 0x40, 0}, 0, fragment, 0, 4);
                repeat(out, fragment);
            }),
            opened("empty fragments that never end", Set.of("1008"), (in, out, accept) -> {
                out.write(new byte[] {0x01, 0});
                repeat(out, new byte[4096]);
            }),
            opened("pings that never end", Set.of("1008"), (in, out, accept) -> {
                byte[] pings = new byte[2000];
                for (int i = 0; i < pings.length; i += 2) {
                    pings[i] = (byte) 0x89;
                }
                repeat(out, pings);
            }));

    private static Malice opened(String name, Set<String> ends, Behaviour then) {
        return new Malice(name, ends, (in, out, accept) -> {
            out.write(response(accept, ""));
            then.answer(in, out, accept);
        });
    }

    /** Counts what the client takes of it. */
    @SuppressWarnings("InfiniteLoopStatement")
    static void endlessBody(OutputStream out, AtomicLong taken) throws IOException {
        write(out, "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n\r\n");
        while (true) {
            out.write(BLOCK);
            taken.addAndGet(BLOCK.length);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    /** Until the client ends it. */
    @SuppressWarnings("InfiniteLoopStatement")
    private static void repeat(OutputStream out, byte[] bytes) throws IOException {
        while (true) {
            out.write(bytes);
        }
    }

    private static void waits(java.io.InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** Whether it ends without a timeout. */
    boolean quick() {
        return !ends.equals(HANDSHAKE) || name.contains("nobody asked");
    }
}
