package dev.ferrule.connection;

import dev.ferrule.Message;
import dev.ferrule.SendException.Reason;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends where the policy drops messages that wait: each of them waits by itself, so that it can still be taken back. */
final class DroppingQueue {
    private final CoreConnection connection;
    private final boolean conflates;

    private DroppingQueue(CoreConnection connection, boolean conflates) {
        this.connection = connection;
        this.conflates = conflates;
    }

    /** Null if the policy leaves alone what waits. */
    static @Nullable DroppingQueue of(SendPolicy policy, CoreConnection connection) {
        boolean conflates = policy instanceof SendPolicy.Conflate;
        return conflates || policy instanceof SendPolicy.DropOldest ? new DroppingQueue(connection, conflates) : null;
    }

    /**
     * Sends a message; without a stage its buffer is the sender's again when this returns.
     *
     * @return why it is not accepted, or null
     */
    @Nullable
    Reason send(Message message, @Nullable CompletableFuture<Void> sent) {
        ByteBuffer compressed = connection.outbound().deflated(message.payload(), message);
        if (compressed != null) {
            Opcode opcode = message instanceof Message.Text ? Opcode.TEXT : Opcode.BINARY;
            return send(Outgoing.compressed(opcode, compressed, message.key(), sent));
        }
        if (message instanceof Message.Text text) {
            String characters = connection.outbound().takesCharacters() ? text.text() : null;
            return send(Outgoing.message(Opcode.TEXT, text.payload(), characters, text.key(), sent));
        }
        ByteBuffer payload = sent == null ? Outgoing.copy(message.payload()) : message.payload();
        return send(Outgoing.message(Opcode.BINARY, payload, null, message.key(), sent));
    }

    private @Nullable Reason send(Outgoing message) {
        Outbound outbound = connection.outbound();
        List<Outgoing> dropped = new ArrayList<>(0);
        Reason refused;
        boolean full;
        outbound.lock.lock();
        try {
            refused = outbound.objection(message.size());
            full = refused == Reason.QUEUE_FULL;
            if (refused != Reason.NOT_OPEN) {
                refused = conflates ? conflate(message, dropped) : makeRoom(refused, message.size(), dropped);
            }
            if (refused == null) {
                outbound.count(message.size());
                outbound.queue().add(message);
                connection.completions().accepted(message.sent());
            }
        } finally {
            outbound.lock.unlock();
        }
        if (full) {
            connection.queueFull(message.size());
        }
        dropped.forEach(this::drop);
        if (refused == Reason.DROPPED) {
            connection.dropped(message.size());
        }
        if (refused == null && (message.sent() != null || !connection.inCycle())) {
            outbound.flush();
        }
        return refused;
    }

    private void drop(Outgoing message) {
        connection.dropped(message.size());
        if (message.sent() != null) {
            connection.completions().drop(message.sent());
        }
    }

    /** With the lock: the newest of a key takes the place of the one that waits. */
    private @Nullable Reason conflate(Outgoing message, List<Outgoing> dropped) {
        Outbound outbound = connection.outbound();
        if (message.key() != null) {
            for (Iterator<Outgoing> waiting = outbound.queue().iterator(); waiting.hasNext(); ) {
                Outgoing older = waiting.next();
                if (message.key().equals(older.key())) {
                    waiting.remove();
                    outbound.countOff(1, older.size());
                    dropped.add(older);
                }
            }
        }
        return outbound.objection(message.size());
    }

    /** With the lock: drops the oldest, if that is of any use. */
    private @Nullable Reason makeRoom(@Nullable Reason refused, int size, List<Outgoing> dropped) {
        if (refused == null) {
            return null;
        }
        Outbound outbound = connection.outbound();
        ArrayDeque<Outgoing> queue = outbound.queue();
        long waiting = queue.stream()
                .filter(Outgoing::droppable)
                .mapToLong(Outgoing::size)
                .sum();
        int number = (int) queue.stream().filter(Outgoing::droppable).count();
        if (!outbound.fitsWithout(number, waiting, size)) {
            return Reason.DROPPED;
        }
        Iterator<Outgoing> oldest = queue.iterator();
        while (outbound.objection(size) != null && oldest.hasNext()) {
            Outgoing message = oldest.next();
            if (message.droppable()) {
                oldest.remove();
                outbound.countOff(1, message.size());
                dropped.add(message);
            }
        }
        return outbound.objection(size);
    }
}
