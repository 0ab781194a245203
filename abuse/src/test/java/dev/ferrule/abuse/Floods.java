package dev.ferrule.abuse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;

/** Rows about peers that send too much, or read too little. */
final class Floods {
    private static final int MIB = 1 << 20;
    /** What a garbage collection leaves behind is never quite the same. */
    private static final int NOISE = 8 * MIB;

    private Floods() {}

    /** Frames that cost their sender next to nothing; the code with which the connection is to be failed, or 0. */
    static void frames(
            TargetProcess target, int number, int first, byte[] payload, byte[] before, int code, Outcome outcome)
            throws IOException {
        long memory = target.stat().memory();
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        byte[] frame = RawClient.frame(first, payload);
        int perBatch = 1000;
        for (int i = 0; i < perBatch; i++) {
            batch.writeBytes(frame);
        }
        long peak = 0;
        int sent = 0;
        try (RawClient client = RawClient.open(target.port(), "/echo")) {
            Thread reader = null;
            if (code == 0) {
                reader = reading(client);
            }
            client.send(before);
            for (; sent < number; sent += perBatch) {
                client.send(batch.toByteArray());
                if (sent % (number / 4) == 0) {
                    peak = Math.max(peak, target.stat().memory());
                }
            }
            if (code != 0) {
                client.send(RawClient.frame(0x88, new byte[] {3, (byte) 0xE8}));
                int seen = client.closeCode();
                outcome.require(seen == code, "closed with " + seen + " and not with " + code);
            } else if (reader != null) {
                client.reset();
            }
        } catch (SocketException closed) {
            // In the middle of it: the Close is lost with what was not read.
            outcome.require(code != 0, "closed after " + sent + " frames: " + closed.getMessage());
        }
        long grown = Math.max(peak, target.stat().memory()) - memory;
        outcome.figure(sent + " frames of " + payload.length + " bytes, memory + " + grown / 1024 + " KiB");
        outcome.require(grown <= NOISE + (64 << 10) + (64 << 10), "memory has grown by " + grown + " bytes");
    }

    private static Thread reading(RawClient client) {
        Thread reader = new Thread(() -> {
            byte[] sink = new byte[1 << 16];
            try {
                int read;
                do {
                    read = client.socket().getInputStream().read(sink);
                } while (read >= 0);
            } catch (IOException ended) {
                return;
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    /** Connections that want much and read nothing. */
    static void neverReading(TargetProcess target, int number, long bytesEach, Outcome outcome)
            throws IOException, InterruptedException {
        TargetProcess.Stat before = target.stat();
        RawClient[] clients = new RawClient[number];
        for (int i = 0; i < number; i++) {
            // Little in the buffers of the system, so that it is the server that has to hold back.
            clients[i] = new RawClient(target.port(), 4096);
            clients[i].write(RawClient.request(target.port(), "/push"));
            outcome.require(clients[i].head().startsWith("HTTP/1.1 101"), "not opened");
        }
        long peak = 0;
        long since = System.nanoTime();
        for (RawClient client : clients) {
            client.text(Long.toString(bytesEach));
        }
        // Of very many, it takes the system's buffers a while to be full: until then there is progress, and no timeout.
        long filling = number == 1 ? 0 : 30_000_000_000L;
        long limit = Target.WRITE_TIMEOUT.plusSeconds(1).toNanos() + filling;
        TargetProcess.Stat stat;
        do {
            stat = target.stat();
            peak = Math.max(peak, stat.memory());
            Thread.sleep(20);
            // One that was answered need not have been counted as open yet: it is gone when its end is.
        } while (stat.closed() - before.closed() < number && System.nanoTime() - since < limit + 1_000_000_000L);
        long millis = (System.nanoTime() - since) / 1_000_000;
        long grown = peak - before.memory();
        outcome.figure(number + " that never read, " + bytesEach / MIB + " MiB each wanted, gone after " + millis
                + " ms, memory at most + " + grown / MIB + " MiB");
        outcome.require(
                stat.open() == before.open(), stat.open() - before.open() + " are still there after " + millis + " ms");
        outcome.require(
                stat.closed() - before.closed() == number, stat.closed() - before.closed() + " onClose of " + number);
        // The queue of each, as much again for what is being written, and the noise.
        outcome.require(grown <= 2L * number * Target.QUEUE_BYTES + NOISE, "memory has grown by " + grown + " bytes");
        for (RawClient client : clients) {
            client.close();
        }
    }
}
