package dev.ferrule.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

/** An end of a link for threads that wait, one that reads and one that writes. */
final class BlockingEnd implements LinkEnd.Listener {
    private final LinkEnd end;
    private final Semaphore readable = new Semaphore(0);
    private final Semaphore writable = new Semaphore(0);

    BlockingEnd(LinkEnd end) {
        this.end = end;
        end.listener(this);
    }

    @Override
    public void readable() {
        readable.release();
    }

    @Override
    public void writable() {
        writable.release();
    }

    /** How many bytes, at least one, or -1 at the end of the stream. */
    int read(byte[] to) throws IOException {
        for (int n; ; ) {
            n = end.read(ByteBuffer.wrap(to));
            if (n != 0) {
                return n;
            }
            end.awaitReadable();
            readable.acquireUninterruptibly();
        }
    }

    void write(byte[] from, int count) throws IOException {
        ByteBuffer[] bytes = {ByteBuffer.wrap(from, 0, count)};
        for (; ; ) {
            end.write(bytes, 1);
            if (!bytes[0].hasRemaining()) {
                return;
            }
            end.awaitWritable();
            writable.acquireUninterruptibly();
        }
    }
}
