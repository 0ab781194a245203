package dev.ferrule.testkit.scenario;

import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.HttpHead;
import java.io.IOException;
import java.util.List;

/** A scenario written by hand. */
@FunctionalInterface
public interface Script {
    /**
     * Plays and judges.
     *
     * @param lab opens connections with the endpoint under test
     * @return what is wrong; empty if nothing is
     * @throws IOException if a connection can't be had
     * @throws InterruptedException if the run is being stopped
     */
    List<String> run(Lab lab) throws IOException, InterruptedException;

    /** Opens connections with the endpoint under test, whichever role it has. */
    interface Lab {
        /**
         * A new open connection.
         *
         * @return its talk
         * @throws IOException if it can't be had
         * @throws InterruptedException if the run is being stopped
         */
        Talk open() throws IOException, InterruptedException;
    }

    /** One open connection, which is judged by the reference model as always. */
    interface Talk {
        /**
         * Does the steps.
         *
         * @param steps what to do
         * @throws InterruptedException if the run is being stopped
         */
        void play(Step... steps) throws InterruptedException;

        /**
         * Ends the connection in the orderly way.
         *
         * @throws InterruptedException if the run is being stopped
         */
        void close() throws InterruptedException;

        /** {@return all frames that the endpoint under test has sent} */
        List<Frame> received();

        /** {@return what the endpoint under test sent in the opening handshake} */
        HttpHead head();

        /**
         * Exchanges Closes and then leaves TCP open for a moment, although it is the kit's turn to end it.
         *
         * @param window how long
         * @return whether the endpoint under test ended TCP within that time
         * @throws InterruptedException if the run is being stopped
         */
        boolean endsFirst(java.time.Duration window) throws InterruptedException;
    }
}
