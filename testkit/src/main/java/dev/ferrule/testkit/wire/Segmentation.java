package dev.ferrule.testkit.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * How bytes are cut into writes. With TCP_NODELAY, and over TLS in any case, each write is a segment or record of its
 * own unless the network stack joins it to one that is still waiting.
 *
 * @param sizes the sizes of the first writes; what is left goes as described by {@code repeating}
 * @param repeating whether to begin again with the first size, else the rest goes in one write
 */
public record Segmentation(List<Integer> sizes, boolean repeating) {
    /** Everything in one write. */
    public static final Segmentation WHOLE = new Segmentation(List.of(), false);

    /** Each byte by itself. */
    public static final Segmentation BYTEWISE = every(1);

    /** Copies the list. */
    public Segmentation {
        sizes = List.copyOf(sizes);
    }

    /**
     * {@return writes of one size}
     *
     * @param size the size of each write
     */
    public static Segmentation every(int size) {
        return new Segmentation(List.of(size), true);
    }

    /**
     * {@return two writes, cut here}
     *
     * @param index how many bytes the first write has
     */
    public static Segmentation at(int index) {
        return new Segmentation(List.of(index), false);
    }

    /**
     * {@return the bytes, cut}
     *
     * @param bytes the bytes
     */
    public List<Bytes> cut(Bytes bytes) {
        List<Bytes> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < bytes.size() && i < count(); i++) {
            int to = Math.min(bytes.size(), from + Math.max(0, sizes.get(i % sizes.size())));
            if (to > from) {
                parts.add(bytes.slice(from, to));
            }
            from = to;
        }
        if (from < bytes.size()) {
            parts.add(bytes.slice(from, bytes.size()));
        }
        return parts;
    }

    private int count() {
        boolean advances = sizes.stream().anyMatch(size -> size > 0);
        return repeating && advances ? Integer.MAX_VALUE : sizes.size();
    }
}
