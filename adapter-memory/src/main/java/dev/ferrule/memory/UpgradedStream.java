package dev.ferrule.memory;

import dev.ferrule.spi.ByteListener;
import dev.ferrule.spi.ByteTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The bytes of an upgraded link, at one of its ends. */
final class UpgradedStream implements ByteTransport, LinkEnd.Listener {
    private final LinkEnd end;
    private final Schedule schedule;
    /** What has come right behind the handshake. */
    private final ByteBuffer early;

    private volatile @Nullable ByteListener listener;

    UpgradedStream(LinkEnd end, Schedule schedule, ByteBuffer early) {
        this.end = end;
        this.schedule = schedule;
        this.early = early;
    }

    void bind(ByteListener bound) {
        listener = bound;
        end.listener(this);
        schedule.execute(bound::opened);
    }

    @Override
    public void readable() {
        ByteListener bound = listener;
        if (bound != null) {
            bound.readable();
        }
    }

    @Override
    public void writable() {
        ByteListener bound = listener;
        if (bound != null) {
            bound.writable();
        }
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (!early.hasRemaining()) {
            return end.read(to);
        }
        int n = Math.min(early.remaining(), to.remaining());
        to.put(to.position(), early, early.position(), n).position(to.position() + n);
        early.position(early.position() + n);
        return n;
    }

    @Override
    public void awaitReadable() {
        if (early.hasRemaining()) {
            schedule.execute(this::readable);
        } else {
            end.awaitReadable();
        }
    }

    @Override
    public long write(ByteBuffer[] from, int count) throws IOException {
        return end.write(from, count);
    }

    @Override
    public void awaitWritable() {
        end.awaitWritable();
    }

    @Override
    public void shutdownOutput() {
        end.shutdownOutput();
    }

    @Override
    public void close() {
        end.close();
    }

    @Override
    public Executor workers() {
        return schedule;
    }

    @Override
    public boolean eventsMayBlock() {
        return true;
    }

    /** Virtual time moves only while nobody waits. */
    @Override
    public boolean onEngineThread() {
        return !schedule.goesOnByItself();
    }
}
