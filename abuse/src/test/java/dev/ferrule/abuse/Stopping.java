package dev.ferrule.abuse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The row about a server that is stopped. */
final class Stopping {
    /** The queue holds it, the buffers of the system don't. */
    private static final int REPLY = 60_000;

    private static final int SLICE = 4096;
    private static final byte[] GOING_AWAY = RawClient.frame(0x88, new byte[] {3, (byte) 0xE9});

    private Stopping() {}

    /**
     * All that live read 1001, what is under way to them arrives before, and the process ends; though every tenth neither
     * reads nor answers, and every tenth reads slowly.
     */
    static void graceful(TargetProcess target, int number, Outcome outcome) throws IOException, InterruptedException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            clients.add(i % 10 == 1 ? slow(target.port()) : RawClient.open(target.port(), "/echo"));
        }
        long since = System.nanoTime();
        Thread stopping = new Thread(() -> {
            try {
                outcome.require(target.stop(10), "the process hasn't ended after 10 s");
            } catch (IOException | InterruptedException e) {
                outcome.require(false, "stop failed: " + e);
            }
        });
        stopping.start();
        AtomicInteger told = new AtomicInteger();
        AtomicInteger replies = new AtomicInteger();
        // Each slow one waits on a thread of its own.
        ExecutorService readers = Executors.newFixedThreadPool(number / 10 + 1);
        for (int i = 0; i < number; i++) {
            RawClient client = clients.get(i);
            boolean slow = i % 10 == 1;
            if (i % 10 > 0) {
                readers.execute(() -> {
                    replies.addAndGet(slow && readsSlowly(client, outcome) ? 1 : 0);
                    told.addAndGet(isTold(client, outcome) ? 1 : 0);
                });
            }
        }
        readers.shutdown();
        outcome.require(readers.awaitTermination(30, TimeUnit.SECONDS), "some have not been told after 30 s");
        long toldMillis = (System.nanoTime() - since) / 1_000_000;
        stopping.join();
        long endedMillis = (System.nanoTime() - since) / 1_000_000;
        outcome.figure(number + " connections, a tenth dead, a tenth slow; " + replies + " replies under way arrived, "
                + told + " read 1001 within " + toldMillis + " ms, process ended after " + endedMillis + " ms");
        outcome.require(toldMillis < 5000, "1001 was read after " + toldMillis + " ms");
        for (RawClient client : clients) {
            client.close();
        }
    }

    /** Its reply has begun, and most of it waits at the server. */
    private static RawClient slow(int port) throws IOException {
        RawClient client = new RawClient(port, SLICE);
        client.write(RawClient.request(port, "/echo"));
        if (!client.head().startsWith("HTTP/1.1 101 ")) {
            throw new IOException("not opened");
        }
        client.send(RawClient.frame(0x82, new byte[REPLY]));
        // FIN and binary, and a length of two bytes.
        byte[] header = client.read(4);
        if ((header[0] & 0xFF) != 0x82) {
            throw new IOException("no reply but " + header[0]);
        }
        return client;
    }

    private static boolean readsSlowly(RawClient client, Outcome outcome) {
        try {
            for (int left = REPLY; left > 0; left -= SLICE) {
                client.read(Math.min(left, SLICE));
                Thread.sleep(50);
            }
            return true;
        } catch (IOException | InterruptedException e) {
            outcome.require(false, "a reply under way was lost: " + e);
            return false;
        }
    }

    private static boolean isTold(RawClient client, Outcome outcome) {
        try {
            int code = client.closeCode();
            outcome.require(code == 1001, "closed with " + code + " and not with 1001");
            client.send(GOING_AWAY);
            return code == 1001;
        } catch (IOException e) {
            outcome.require(false, "not told of the stop: " + e);
            return false;
        }
    }
}
