package dev.ferrule.memory;

import dev.ferrule.spi.Timers;
import java.util.concurrent.Executor;

/** What a network's events run on, and the time that it goes by. Never runs a task on its caller's stack. */
interface Schedule extends Timers, Executor {
    /** Whether time goes on while a thread waits, so that a sender may be kept waiting for room. */
    boolean goesOnByItself();
}
