package dev.ferrule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections that get the same messages: a room, a topic. All methods may be called from any thread.
 *
 * <p>A connection stays until it is removed, typically in {@code onClose}.
 */
public final class Group {
    private final Set<Connection> members = ConcurrentHashMap.newKeySet();

    /** An empty group. */
    public Group() {}

    /**
     * Adds a connection.
     *
     * @param connection usually in its {@code onOpen}
     * @return false if it was in the group already
     */
    public boolean add(Connection connection) {
        return members.add(connection);
    }

    /**
     * Removes a connection.
     *
     * @param connection usually in its {@code onClose}
     * @return false if it was not in the group
     */
    public boolean remove(Connection connection) {
        return members.remove(connection);
    }

    /**
     * Who is in the group.
     *
     * @return a read-only view, weakly consistent
     */
    public Set<Connection> members() {
        return Collections.unmodifiableSet(members);
    }

    /**
     * Sends a message to every member, encoded once.
     *
     * @param message the message; its buffer is the caller's again when this returns
     * @return the members that are open and did not accept it, because their queues are full
     * @throws IllegalArgumentException if a text has an unpaired surrogate
     */
    public List<Connection> send(Message message) {
        List<Connection> refused = new ArrayList<>(0);
        for (Connection member : members) {
            if (!member.trySend(message) && member.state() == Connection.State.OPEN) {
                refused.add(member);
            }
        }
        return refused;
    }
}
