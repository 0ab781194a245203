package dev.ferrule.undertow;

import dev.ferrule.spi.HandoverExecutor;
import dev.ferrule.spi.LeastRecentlyRead;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/** What connections on the same threads of XNIO share. */
final class SharedThreads {
    /**
     * For the connections of an I/O thread.
     *
     * @param workers hands over to the threads that may block
     * @param order has what the I/O thread finds readable read
     */
    record OfIoThread(Executor workers, LeastRecentlyRead order) {}

    /** One for each worker of XNIO that the application's listeners have. */
    private final ConcurrentMap<XnioWorker, Executor> workers = new ConcurrentHashMap<>(1);

    private final ConcurrentMap<XnioIoThread, OfIoThread> ioThreads = new ConcurrentHashMap<>(1);

    OfIoThread of(XnioIoThread thread) {
        OfIoThread known = ioThreads.get(thread);
        return known != null ? known : ioThreads.computeIfAbsent(thread, this::shared);
    }

    private OfIoThread shared(XnioIoThread thread) {
        // A task of an I/O thread's own runs when the events of its selection have been told.
        return new OfIoThread(
                workers.computeIfAbsent(thread.getWorker(), HandoverExecutor::new), new LeastRecentlyRead(thread));
    }
}
