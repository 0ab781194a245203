package dev.ferrule.connection;

import dev.ferrule.protocol.CloseCode;
import dev.ferrule.spi.PieceTransport;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** An engine that speaks WebSocket itself, in memory: hands out an event per request, and records what it is to write. */
final class ScriptedPieces implements PieceTransport {
    private final Executor executor;
    private final Deque<Consumer<PieceConnection>> events = new ArrayDeque<>();
    private PieceConnection listener;
    private int requested;
    private boolean busy;

    /** Whether a write is done when its method returns; else by {@link #written}. */
    boolean writesAtOnce = true;

    boolean answersPings;
    /** The codes that can't be sent. */
    List<Integer> impossible = List.of();

    final List<String> sent = new ArrayList<>();
    /** The peer's compression. */
    Zip zip = new Zip(false);

    int requests;
    boolean aborted;

    ScriptedPieces(Executor executor) {
        this.executor = executor;
    }

    void listener(PieceConnection to) {
        listener = to;
    }

    /** An event that comes when it is asked for. */
    void feed(Consumer<PieceConnection> event) {
        events.add(event);
        deliver();
    }

    void written() {
        busy = false;
        listener.written();
    }

    private void deliver() {
        while (requested > 0 && !events.isEmpty() && !aborted) {
            requested--;
            events.remove().accept(listener);
        }
    }

    private boolean write(String what) {
        if (busy) {
            throw new AssertionError("'" + what + "' is written before the write before it is done");
        }
        sent.add(what.strip());
        busy = !writesAtOnce;
        return writesAtOnce;
    }

    @Override
    public boolean text(String text, boolean last) {
        return write((last ? "text " : "text+ ") + text);
    }

    @Override
    public boolean binary(ByteBuffer data, boolean last) {
        return write((last ? "binary " : "binary+ ") + Wire.hex(data));
    }

    @Override
    public boolean compressed(boolean text, ByteBuffer data) {
        byte[] payload = new byte[data.remaining()];
        data.duplicate().get(payload);
        return write((text ? "text* " : "binary* ") + zip.inflate(payload).length + " bytes");
    }

    @Override
    public boolean ping(ByteBuffer payload) {
        return write("ping " + Wire.hex(payload));
    }

    @Override
    public boolean pong(ByteBuffer payload) {
        return write("pong " + Wire.hex(payload));
    }

    @Override
    public boolean close(CloseCode code, String reason) {
        return write("close " + code.value() + " " + reason);
    }

    @Override
    public boolean canClose(CloseCode code) {
        return !impossible.contains(code.value());
    }

    @Override
    public boolean answersPings() {
        return answersPings;
    }

    @Override
    public void request() {
        requested++;
        requests++;
        executor.execute(this::deliver);
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public Executor workers() {
        return executor;
    }

    @Override
    public boolean eventsMayBlock() {
        return false;
    }
}
