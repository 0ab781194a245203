package dev.ferrule.bench.run;

import dev.ferrule.bench.load.Figure;
import dev.ferrule.bench.load.Load;
import dev.ferrule.bench.load.Traffic;
import dev.ferrule.bench.load.Window;
import dev.ferrule.bench.server.EchoServer;
import java.io.IOException;
import java.util.Map;

/** One thing that is measured, of every server or of every client. */
sealed interface Cell {
    /** As it is asked for, and as its files are called. */
    String name();

    /** Bytes of its longest message. */
    int longest();

    /** Whether servers are measured. */
    default boolean ofServers() {
        return true;
    }

    /** Whether a process that was used before would spoil the figures. */
    default boolean wantsFreshProcess() {
        return false;
    }

    /** Whether what the JIT compilers do at first would spoil the figures. */
    default boolean wantsWarmProcess() {
        return true;
    }

    /** Loads a server. */
    Map<Figure, Double> load(Load load, Window window) throws IOException;

    /** Connections times messages in flight. */
    record Echo(Traffic traffic, int connections) implements Cell {
        @Override
        public String name() {
            return Cells.name(traffic) + "-" + connections + "x" + traffic.inFlight();
        }

        @Override
        public int longest() {
            return traffic.size();
        }

        @Override
        public Map<Figure, Double> load(Load load, Window window) throws IOException {
            return load.echo(EchoServer.ECHO, connections, traffic, window);
        }
    }

    /** Messages of one connection to all others. */
    record Broadcast(Traffic traffic, int receivers) implements Cell {
        @Override
        public String name() {
            return "broadcast-" + Cells.name(traffic) + "-" + receivers + "x" + traffic.inFlight();
        }

        @Override
        public int longest() {
            return traffic.size();
        }

        @Override
        public Map<Figure, Double> load(Load load, Window window) throws IOException {
            return load.broadcast(EchoServer.BROADCAST, receivers, traffic, window);
        }
    }

    /** Opening and closing handshakes. */
    record Handshakes(int atOnce) implements Cell {
        @Override
        public String name() {
            return "handshake-" + atOnce;
        }

        @Override
        public int longest() {
            return 125;
        }

        @Override
        public Map<Figure, Double> load(Load load, Window window) throws IOException {
            return load.handshakes(EchoServer.ECHO, atOnce, window);
        }
    }

    /** Connections that do nothing. */
    record Idle(int connections) implements Cell {
        @Override
        public String name() {
            return "idle-" + connections;
        }

        @Override
        public int longest() {
            return 125;
        }

        @Override
        public boolean wantsFreshProcess() {
            return true;
        }

        @Override
        public boolean wantsWarmProcess() {
            return false;
        }

        @Override
        public Map<Figure, Double> load(Load load, Window window) throws IOException {
            return load.idle(EchoServer.ECHO, connections, window);
        }
    }

    /** Connections with permessage-deflate, before their first message or behind it. */
    record Deflated(boolean takeover, boolean used, int connections) implements Cell {
        private static final int BYTES = 4 << 10;

        @Override
        public String name() {
            return (takeover ? "takeover-" : "deflate-") + (used ? "used-" : "idle-") + connections;
        }

        @Override
        public int longest() {
            return BYTES;
        }

        @Override
        public boolean wantsFreshProcess() {
            return true;
        }

        @Override
        public boolean wantsWarmProcess() {
            return false;
        }

        @Override
        public Map<Figure, Double> load(Load load, Window window) throws IOException {
            return load.deflated(EchoServer.ECHO, connections, takeover, used ? BYTES : 0);
        }
    }

    /** An echo loop of clients to the hand-written server. */
    record Client(Traffic traffic, int connections) implements Cell {
        @Override
        public String name() {
            return "client-" + Cells.name(traffic) + "-" + connections + "x" + traffic.inFlight();
        }

        @Override
        public int longest() {
            return traffic.size();
        }

        @Override
        public boolean ofServers() {
            return false;
        }

        /** A client runs for as long as its process does. */
        @Override
        public boolean wantsFreshProcess() {
            return true;
        }

        @Override
        public Map<Figure, Double> load(Load load, Window window) throws IOException {
            return load.itself(window);
        }
    }
}
