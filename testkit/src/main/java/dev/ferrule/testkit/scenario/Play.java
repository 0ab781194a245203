package dev.ferrule.testkit.scenario;

import java.util.List;

/** What a scenario does. */
public sealed interface Play {
    /**
     * Opens a connection, which must succeed, and sends frames; the reference model judges.
     *
     * @param opening the handshake
     * @param steps what follows
     */
    record Frames(Opening opening, List<Step> steps) implements Play {
        /** Copies the list. */
        public Frames {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Many plays, each on a connection of its own; all must go well.
     *
     * @param plays the plays
     */
    record Many(List<Frames> plays) implements Play {
        /** Copies the list. */
        public Many {
            plays = List.copyOf(plays);
        }
    }

    /**
     * Opens a connection, which must fail.
     *
     * @param opening the handshake
     * @param statuses what a server may answer
     */
    record Refusal(Opening opening, Statuses statuses) implements Play {}

    /**
     * Opens a connection, which may fail; if it doesn't, it must work.
     *
     * @param frames what to do if it opens
     */
    record Choice(Frames frames) implements Play {}

    /**
     * Opens a connection with permessage-deflate and sends frames, some of them compressed; the reference model judges. A
     * server that declines an offer which it may decline is asked no more.
     *
     * @param frames the handshake, and what follows if it agrees
     * @param mustAgree whether one that can compress has no reason to decline
     */
    record Deflated(Frames frames, boolean mustAgree) implements Play {}

    /**
     * What the model can't say, written by hand.
     *
     * @param script what to do and to judge
     */
    record Scripted(Script script) implements Play {}
}
