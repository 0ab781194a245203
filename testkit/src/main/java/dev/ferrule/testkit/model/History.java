package dev.ferrule.testkit.model;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.wire.Arrival;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the endpoint under test has sent so far. Not thread-safe. */
public final class History {
    private final List<Message> messages = new ArrayList<>();
    private final List<Bytes> pongs = new ArrayList<>();
    private final List<Bytes> fragments = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private final @Nullable Decompression decompression;
    private int opcode = -1;
    private boolean compressed;
    private @Nullable Frame close;
    private Arrival.@Nullable End end;

    /** An empty history of a connection without compression. */
    public History() {
        this(Role.SERVER, Optional.empty());
    }

    /**
     * An empty history.
     *
     * @param sender the role of the endpoint under test
     * @param agreement what was agreed of compression
     */
    public History(Role sender, Optional<Agreement> agreement) {
        decompression = agreement
                .map(agreed -> new Decompression(agreed, sender, violations))
                .orElse(null);
    }

    /** {@return what is wrong with compressed messages} */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /**
     * Takes the next frame. What is illegal about it is the monitor's business.
     *
     * @param frame a frame of the endpoint under test
     */
    public void add(Frame frame) {
        switch (frame.opcode()) {
            case Opcode.PONG -> pongs.add(frame.payload());
            case Opcode.CLOSE -> close = close == null ? frame : close;
            case Opcode.TEXT, Opcode.BINARY, Opcode.CONTINUATION -> data(frame);
            default -> {}
        }
    }

    /**
     * Notes that the endpoint ended TCP.
     *
     * @param how orderly or not
     */
    public void end(Arrival.End how) {
        end = how;
    }

    /** {@return the complete messages in order} */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    /** {@return the fragments of a message that has not ended, joined} */
    public Optional<Message> unfinished() {
        // What the beginning of a compressed message says is seen at its end.
        Bytes seen = compressed ? Bytes.EMPTY : Bytes.concat(fragments);
        return opcode < 0 ? Optional.empty() : Optional.of(new Message(opcode, seen));
    }

    /** {@return the payloads of all pongs in order} */
    public List<Bytes> pongs() {
        return List.copyOf(pongs);
    }

    /** {@return the Close frame if there was one} */
    public Optional<Frame> close() {
        return Optional.ofNullable(close);
    }

    /** {@return the code of the Close frame, {@link Ending#NO_CODE} if it had none} */
    public Optional<Integer> closeCode() {
        return close().map(frame -> frame.payload().size() < 2
                ? Ending.NO_CODE
                : frame.payload().at(0) << 8 | frame.payload().at(1));
    }

    /** {@return how TCP ended, if it did} */
    public Optional<Arrival.End> end() {
        return Optional.ofNullable(end);
    }

    /** {@return whether the endpoint has begun to end the connection in any way} */
    public boolean ending() {
        return close != null || end != null;
    }

    private void data(Frame frame) {
        if (frame.opcode() != Opcode.CONTINUATION) {
            opcode = frame.opcode();
            compressed = decompression != null && frame.rsv() == Frame.RSV1;
            fragments.clear();
        }
        fragments.add(frame.payload());
        if (frame.fin()) {
            Bytes payload = Bytes.concat(fragments);
            Decompression inflating = compressed ? decompression : null;
            messages.add(new Message(opcode, inflating == null ? payload : inflating.message(opcode, payload)));
            fragments.clear();
            opcode = -1;
        }
    }
}
