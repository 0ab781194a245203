package dev.ferrule.connection;

import dev.ferrule.Deflate;
import dev.ferrule.protocol.MessageInflater;
import dev.ferrule.protocol.PerMessageDeflate;
import dev.ferrule.protocol.Role;
import dev.ferrule.protocol.SlidingWindow;
import org.jspecify.annotations.Nullable;

/**
 * That a connection compresses.
 *
 * @param options what the application chose
 * @param agreed what the opening handshake came to
 */
record Compression(Deflate options, PerMessageDeflate agreed) {
    /** What the messages of an endpoint leave for its later ones, or null without context takeover. */
    @Nullable
    SlidingWindow window(Role sender, int maxBytes) {
        return agreed.contextTakeover(sender)
                ? new SlidingWindow(Math.min(maxBytes, 1 << agreed.maxWindowBits(sender)))
                : null;
    }

    Inflating inflating(Role role) {
        return new Inflating(window(role.peer(), MessageInflater.MAX_WINDOW_BYTES), options.maxRatio());
    }

    Deflating deflating(Role role) {
        return new Deflating(this, role);
    }
}
