package dev.ferrule;

/**
 * How messages are compressed, with permessage-deflate (RFC 7692), on connections whose peer wants that, too. Immutable.
 *
 * <p>Which messages are compressed is nothing that an endpoint sees: each gets and sends messages as without. No native
 * memory is held between messages: with context takeover a connection keeps some of the bytes that it has received (32 KiB
 * at most) and sent (8 KiB at most), without it nothing.
 *
 * <p>Received messages are bounded after decompression, as it goes, by {@link Limits#messageBytes()}. A frame is bounded by
 * {@link Limits#frameBytes()} on the wire, where a compressed one may be longer by an eighth, a sixty-fourth and 16 bytes: a
 * message of the limit passes even if compression made it longer. What is sent compressed is always shorter than the message.
 * A message that is sent in pieces goes uncompressed.
 *
 * <p><b>Secrets.</b> Whoever can make an endpoint send text of his choice in one message with a secret, and can see the
 * length of what is sent, can guess the secret bit by bit, TLS or not; with context takeover also in different messages.
 *
 * @param level how hard to try, from 1, the fastest, to 9, the smallest. 6 by default
 * @param threshold messages of fewer bytes are sent as they are. 1 KiB
 * @param contextTakeover whether a message may refer to earlier ones, which makes small ones smaller that resemble each
 *     other, and takes time and memory; the peer can forbid it. False
 * @param maxRatio how many times as long as its compressed form a received message may be, once it is longer than
 *     {@link #UNJUDGED_BYTES}; more fails with 1009. 100
 */
public record Deflate(int level, int threshold, boolean contextTakeover, int maxRatio) {
    /** Up to this length a received message is not asked for its ratio: 1 MiB. */
    public static final int UNJUDGED_BYTES = 1 << 20;

    /** What holds where nothing else was chosen. */
    public static final Deflate DEFAULTS = new Deflate(6, 1 << 10, false, 100);

    /**
     * Checks each.
     *
     * @param level as above
     * @param threshold as above
     * @param contextTakeover as above
     * @param maxRatio as above
     * @throws IllegalArgumentException if the level is not from 1 to 9, the threshold is negative, or the ratio is less than
     *     1
     */
    public Deflate {
        if (level < 1 || level > 9) {
            throw new IllegalArgumentException("level is " + level + ", levels go from 1 to 9");
        }
        if (threshold < 0) {
            throw new IllegalArgumentException("threshold is " + threshold + ", it can't be negative");
        }
        if (maxRatio < 1) {
            throw new IllegalArgumentException("maxRatio is " + maxRatio + ", it must be at least 1");
        }
    }

    /**
     * Chooses the level.
     *
     * @param chosen from 1, the fastest, to 9, the smallest
     * @return these options with that level
     * @throws IllegalArgumentException if there is no such level
     */
    public Deflate level(int chosen) {
        return new Deflate(chosen, threshold, contextTakeover, maxRatio);
    }

    /**
     * Chooses from which length on messages are compressed.
     *
     * @param bytes the shortest message that is, not negative
     * @return these options with that threshold
     * @throws IllegalArgumentException if it is negative
     */
    public Deflate threshold(int bytes) {
        return new Deflate(level, bytes, contextTakeover, maxRatio);
    }

    /**
     * Lets messages refer to earlier ones, in both directions, if the peer does, too.
     *
     * @return these options with context takeover
     */
    public Deflate withContextTakeover() {
        return new Deflate(level, threshold, true, maxRatio);
    }

    /**
     * Chooses the bound on the ratio of long received messages.
     *
     * @param times at least 1; DEFLATE itself reaches no more than 1,032
     * @return these options with that bound
     * @throws IllegalArgumentException if it is less than 1
     */
    public Deflate maxRatio(int times) {
        return new Deflate(level, threshold, contextTakeover, times);
    }
}
