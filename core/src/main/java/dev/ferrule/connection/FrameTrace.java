package dev.ferrule.connection;

import dev.ferrule.protocol.Opcode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the frames of a connection, without what they say. There only if the logger was at TRACE when the connection began. */
final class FrameTrace {
    private static final Logger LOG = LoggerFactory.getLogger("dev.ferrule.frames");

    private final long id;

    private FrameTrace(long id) {
        this.id = id;
    }

    static @Nullable FrameTrace of(long id) {
        return LOG.isTraceEnabled() ? new FrameTrace(id) : null;
    }

    void received(Opcode opcode, boolean fin, long length) {
        log("received", opcode, fin, length);
    }

    void sent(Opcode opcode, boolean fin, long length) {
        log("sent", opcode, fin, length);
    }

    private void log(String direction, Opcode opcode, boolean fin, long length) {
        LOG.trace("connection {}: {} {}{} of {} bytes", id, direction, opcode, fin ? "" : " (not the last)", length);
    }
}
