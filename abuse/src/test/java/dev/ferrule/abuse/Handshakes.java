package dev.ferrule.abuse;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Rows about opening handshakes. */
final class Handshakes {
    private static final long SEED = 6455;

    private Handshakes() {}

    /** Each request is a right one with one thing wrong. */
    static void invalid(int port, int number, Outcome outcome) throws IOException {
        Random random = new Random(SEED);
        long slowest = 0;
        int answered = 0;
        for (int i = 0; i < number; i++) {
            String request = wrong(RawClient.request(port, "/echo"), random);
            try (RawClient client = new RawClient(port)) {
                client.write(request);
                // Behind a head that never ends there is nothing to answer: a peer that wants no answer sends its FIN.
                client.socket().shutdownOutput();
                long since = System.nanoTime();
                String head = client.head();
                boolean ended = client.endsWithin(1000);
                slowest = Math.max(slowest, System.nanoTime() - since);
                answered += head.isEmpty() ? 0 : 1;
                outcome.require(!head.startsWith("HTTP/1.1 101"), "accepted: " + request);
                outcome.require(ended, "not closed within 1 s: " + request);
            }
        }
        outcome.figure(number + " requests, " + answered + " answered, slowest " + slowest / 1_000_000 + " ms");
    }

    private static String wrong(String request, Random random) {
        List<UnaryOperator<String>> ways = new ArrayList<>();
        String junk = junk(random);
        ways.add(r -> r.replace("GET ", "POST "));
        ways.add(r -> r.replace("GET ", junk + " "));
        ways.add(r -> r.replace("HTTP/1.1", "HTTP/1.0"));
        ways.add(r -> r.replace(
                "HTTP/1.1", List.of("HTTP/0.9", "HTTP/2.0", "HTTPS/1.1", "http").get(random.nextInt(4))));
        ways.add(r -> r.replace(" HTTP/1.1", ""));
        ways.add(r -> r.replace("/echo", "echo " + junk));
        ways.add(r -> r.replaceFirst("Host: .*\r\n", ""));
        ways.add(r -> r.replaceFirst("Host: ", "Host: other\r\nHost: "));
        ways.add(r -> r.replaceFirst("Upgrade: websocket\r\n", ""));
        ways.add(r -> r.replaceFirst("Upgrade: websocket", "Upgrade: " + junk));
        ways.add(r -> r.replaceFirst("Connection: Upgrade", "Connection: " + junk));
        ways.add(r -> r.replaceFirst("Sec-WebSocket-Key: .*\r\n", ""));
        ways.add(r -> r.replaceFirst("Sec-WebSocket-Key: ", "Sec-WebSocket-Key: x"));
        ways.add(r -> r.replaceFirst("ub25jZQ==", "ub25jZ" + "A".repeat(2 + random.nextInt(30)) + "=="));
        ways.add(r -> r.replaceFirst("Version: 13", "Version: " + (14 + random.nextInt(200))));
        ways.add(r -> r.replaceFirst("Version: 13", "Version: 013"));
        ways.add(r -> r.replaceFirst("Sec-WebSocket-Version: 13\r\n", ""));
        ways.add(r -> r.replaceFirst("\r\n\r\n", "\r\nOrigin: https://" + "evil.example" + "\r\n\r\n"));
        ways.add(r -> r.replaceFirst("\r\n\r\n", "\r\nOrigin: null\r\n\r\n"));
        ways.add(r -> r.replaceFirst("\r\n\r\n", "\r\nContent-Length: 7\r\n\r\n"));
        ways.add(r -> r.replaceFirst("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n"));
        ways.add(r -> r.replaceFirst("\r\n\r\n", "\r\n" + "X-Many: 1\r\n".repeat(200) + "\r\n"));
        ways.add(r -> r.replaceFirst("\r\n\r\n", "\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n"));
        ways.add(r -> r.replaceFirst("\r\n\r\n", "\r\nX Space: 1\r\n\r\n"));
        ways.add(r -> r.substring(0, random.nextInt(r.length() - 2)));
        return ways.get(random.nextInt(ways.size())).apply(request);
    }

    /** Never a token that would make the request right. */
    private static String junk(Random random) {
        StringBuilder junk = new StringBuilder("x");
        for (int i = random.nextInt(12); i > 0; i--) {
            junk.append((char) ('!' + random.nextInt(94)));
        }
        return junk.toString().replace(",", "").replace("$", "").replace("\\", "");
    }

    /** So many that say nothing, and as many that send a byte now and then. */
    static void trickling(int port, int number, Outcome outcome) throws IOException, InterruptedException {
        Duration limit = Target.HANDSHAKE_TIMEOUT.plusSeconds(1);
        List<RawClient> clients = new ArrayList<>();
        byte[] request = RawClient.request(port, "/echo").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        long since = System.nanoTime();
        for (int i = 0; i < 2 * number; i++) {
            clients.add(new RawClient(port));
        }
        long opened = System.nanoTime();
        int sent = 0;
        for (long end = since + limit.toNanos(); System.nanoTime() < end; sent++) {
            for (int i = 0; i < clients.size(); i += 2) {
                trickle(clients.get(i), request[sent]);
            }
            Thread.sleep(50);
        }
        // Those that were opened last have as much time as the first.
        Thread.sleep((opened - since) / 1_000_000);
        int alive = 0;
        for (RawClient client : clients) {
            alive += client.endsWithin(20) ? 0 : 1;
            client.close();
        }
        outcome.figure(2 * number + " connections, " + sent + " bytes each of half of them, " + alive + " left after "
                + limit);
        outcome.require(alive == 0, alive + " handshakes outlive their timeout");
    }

    private static void trickle(RawClient client, byte next) {
        try {
            client.send(new byte[] {next});
        } catch (IOException gone) {
            return;
        }
    }
}
