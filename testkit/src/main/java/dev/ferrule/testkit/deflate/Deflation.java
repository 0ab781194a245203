package dev.ferrule.testkit.deflate;

import dev.ferrule.testkit.wire.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Deflates the messages of one direction, one after another: repetitions are found greedily, which is enough to use the
 * window. Not thread-safe.
 */
public final class Deflation {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 258;

    private final boolean takeover;
    private final int reach;
    private final Map<Integer, Integer> seen = new HashMap<>();
    private Bytes before = Bytes.EMPTY;

    /**
     * With an empty window.
     *
     * @param takeover whether the window outlives a message
     * @param windowBits 8 to 15: how far back repetitions reach
     */
    public Deflation(boolean takeover, int windowBits) {
        this.takeover = takeover;
        this.reach = 1 << windowBits;
    }

    /**
     * {@return what a message looks like in a block}
     *
     * @param message the message
     */
    public List<Token> tokens(Bytes message) {
        Bytes known = takeover ? before.slice(Math.max(0, before.size() - reach), before.size()) : Bytes.EMPTY;
        byte[] all = known.plus(message).toArray();
        before = Bytes.copyOf(all);
        seen.clear();
        for (int i = 0; i < known.size(); i++) {
            remember(all, i);
        }
        List<Token> tokens = new ArrayList<>();
        for (int at = known.size(); at < all.length; ) {
            int from = at + SHORTEST <= all.length ? seen.getOrDefault(hash(all, at), -1) : -1;
            int length = from < 0 || at - from > reach ? 0 : same(all, from, at);
            tokens.add(length < SHORTEST ? new Token(all[at] & 0xFF, 0) : Token.copy(length, at - from));
            for (int end = at + Math.max(1, length < SHORTEST ? 1 : length); at < end; at++) {
                remember(all, at);
            }
        }
        return tokens;
    }

    /**
     * {@return the payload of a compressed message}
     *
     * @param message the message
     */
    public Bytes message(Bytes message) {
        return new DeflateWriter().fixed(tokens(message)).message();
    }

    private void remember(byte[] all, int at) {
        if (at + SHORTEST <= all.length) {
            seen.put(hash(all, at), at);
        }
    }

    private static int hash(byte[] all, int at) {
        return (all[at] & 0xFF) << 16 | (all[at + 1] & 0xFF) << 8 | (all[at + 2] & 0xFF);
    }

    private static int same(byte[] all, int from, int at) {
        int length = 0;
        while (length < LONGEST && at + length < all.length && all[from + length] == all[at + length]) {
            length++;
        }
        return length;
    }
}
