package dev.ferrule.testkit.run;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to be one of the scenarios that run at once. One that only waits gives it back, so that a peer that hangs
 * in
 * many scenarios costs the patience of one, not of all.
 */
final class Slot implements AutoCloseable {
    /** How long a wait for a server must be before it counts as idle. */
    static final long IDLE_MILLIS = 300;

    private final Semaphore slots;
    private final AtomicBoolean given = new AtomicBoolean();

    private Slot(Semaphore slots) {
        this.slots = slots;
    }

    /** Waits for a turn. */
    static Slot take(Semaphore slots) throws InterruptedException {
        slots.acquire();
        return new Slot(slots);
    }

    /** Lets another one begin; the owner goes on without. For any thread. */
    void giveBack() {
        if (given.compareAndSet(false, true)) {
            slots.release();
        }
    }

    @Override
    public void close() {
        giveBack();
    }
}
