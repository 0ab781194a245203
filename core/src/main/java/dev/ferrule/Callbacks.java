package dev.ferrule;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** On which threads the callbacks of connections run. Immutable. */
public final class Callbacks {
    /** On threads of the engine that may block: Jetty's pool, Undertow's workers, the JDK client's executor. */
    public static final Callbacks BLOCKING = new Callbacks(false, null);

    /** On the engine's thread that read the message: for callbacks that never block, since that would stall others. */
    public static final Callbacks INLINE = new Callbacks(true, null);

    private final boolean inline;
    private final @Nullable Executor executor;

    private Callbacks(boolean inline, @Nullable Executor executor) {
        this.inline = inline;
        this.executor = executor;
    }

    /**
     * On an executor of the application's, one that starts a virtual thread per task for instance.
     *
     * @param executor runs each task once, on a thread that may block, never on the caller's stack
     * @return the choice
     */
    public static Callbacks on(Executor executor) {
        return new Callbacks(false, executor);
    }

    /**
     * Whether callbacks run on the engine's thread and never block.
     *
     * @return true for {@link #INLINE}
     */
    public boolean inline() {
        return inline;
    }

    /**
     * The application's executor.
     *
     * @return the executor, or {@code null} if callbacks run on threads of the engine
     */
    public @Nullable Executor executor() {
        return executor;
    }
}
