package dev.ferrule.testkit.scenario;

import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.List;

/** One thing that the kit does on an open connection. */
public sealed interface Step {
    /**
     * Sends frames back to back, cut into writes.
     *
     * @param frames what to send
     * @param cut how
     */
    record Send(List<Frame> frames, Segmentation cut) implements Step {
        /** Copies the list. */
        public Send {
            frames = List.copyOf(frames);
        }
    }

    /**
     * Sends only the first bytes of a frame. Nothing but the end of the connection can follow.
     *
     * @param frame the frame
     * @param bytes how many of its bytes
     */
    record SendPart(Frame frame, int bytes) implements Step {}

    /** Waits until everything that was sent so far is echoed and the last ping is answered. */
    record Barrier() implements Step {}

    /** Ends the kit's direction of TCP. */
    record Finish() implements Step {}

    /** Drops TCP with a reset. */
    record Reset() implements Step {}

    /**
     * Frames in one write.
     *
     * @param frames what to send
     * @return the step
     */
    static Step send(Frame... frames) {
        return new Send(List.of(frames), Segmentation.WHOLE);
    }

    /**
     * Frames cut into writes.
     *
     * @param cut how
     * @param frames what to send
     * @return the step
     */
    static Step send(Segmentation cut, Frame... frames) {
        return new Send(List.of(frames), cut);
    }

    /** {@return the wait for all echoes and the last pong} */
    static Step barrier() {
        return new Barrier();
    }
}
