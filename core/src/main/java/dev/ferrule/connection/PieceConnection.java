package dev.ferrule.connection;

import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.ClosePayload;
import dev.ferrule.protocol.Opcode;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.spi.PieceListener;
import dev.ferrule.spi.PieceTransport;
import java.io.EOFException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A connection over an engine that speaks WebSocket itself: takes one event after another, and asks for the next. */
final class PieceConnection extends ApiConnection implements PieceListener {
    private final PieceTransport transport;
    private final PieceOutbound outbound;
    private final Assembler assembler;
    private final @Nullable Inflating inflating;

    /** An event that waits for the holder of the role; the engine sends no other before it was handled. */
    private volatile @Nullable Event pending;

    private volatile boolean held;
    private volatile boolean dropped;

    /** Of the holder of the role: the message that is being put together. */
    private boolean inMessage;

    private boolean compressed;

    private boolean peerDone;
    /** The message that is being received is not to be delivered. */
    private boolean unwanted;

    private @Nullable StringBuilder text;
    private @Nullable String heldText;
    private @Nullable ByteBuffer heldBinary;
    /** The engine was asked for an event that has not been handled. */
    private boolean requested;
    /** A message is lent that the engine takes back at the next request. */
    private boolean lending;

    PieceConnection(Opened opened, PieceTransport transport) {
        super(opened, transport.workers(), transport.eventsMayBlock());
        this.transport = transport;
        Compression compression = opened.compression();
        this.inflating = compression == null ? null : compression.inflating(opened.role());
        this.outbound = new PieceOutbound(this, opened.limits(), compression, transport);
        this.assembler = new Assembler(opened.limits(), opened.timers());
    }

    /** What the engine says, as far as it has to be handled in turn; false if it has to wait. */
    private interface Event {
        boolean handle() throws ProtocolException;
    }

    @Override
    Outbound outbound() {
        return outbound;
    }

    @Override
    boolean held() {
        return held;
    }

    @Override
    boolean onEngineThread() {
        return transport.onEngineThread();
    }

    // ------------------------------------------------------------------ events of the engine

    @Override
    public void opened() {
        signalFromEngine();
    }

    private void trace(Opcode opcode, boolean last, int length) {
        if (trace != null) {
            trace.received(opcode, last, length);
        }
    }

    private void event(Event event) {
        heard();
        pending = event;
        signalFromEngine();
    }

    @Override
    public void textReceived(CharSequence piece, boolean last) {
        trace(Opcode.TEXT, last, piece.length());
        event(() -> textPiece(piece, last));
    }

    @Override
    public void dataReceived(boolean isText, boolean rsv1, ByteBuffer piece, boolean last, boolean frame) {
        trace(isText ? Opcode.TEXT : Opcode.BINARY, last, piece.remaining());
        event(() -> dataPiece(isText, rsv1, piece, last, frame));
    }

    @Override
    public void pingReceived(ByteBuffer payload) {
        trace(Opcode.PING, true, payload.remaining());
        event(() -> {
            takeControl();
            if (!transport.answersPings()) {
                answerPing(payload);
            }
            return true;
        });
    }

    @Override
    public void pongReceived(ByteBuffer payload) {
        trace(Opcode.PONG, true, payload.remaining());
        event(() -> {
            takeControl();
            deliverPong(payload);
            return true;
        });
    }

    @Override
    public void closeReceived(CloseCode code, String reason) {
        trace(Opcode.CLOSE, true, reason.length());
        event(() -> {
            if (!code.receivable() && !code.equals(CloseCode.NO_STATUS_RECEIVED)) {
                throw new ProtocolException(
                        CloseCode.PROTOCOL_ERROR,
                        "close code " + code + " may not be sent (RFC 6455 sections 7.4.1 and 7.4.2)");
            }
            peerDone = true;
            peerClosed(new ClosePayload(code, reason));
            return true;
        });
    }

    @Override
    public void endReceived() {
        if (over()) {
            drop();
        } else {
            lost(new EOFException("end of the stream without a Close frame (RFC 6455 section 7.1.5)"));
        }
    }

    @Override
    public void written() {
        outbound.written();
    }

    @Override
    public void violated(CloseCode code, Throwable cause) {
        fail(code, "", cause);
    }

    // ------------------------------------------------------------------ handling them, with the role

    @Override
    void receive() throws ProtocolException {
        held = false;
        if (over()) {
            drain();
            return;
        }
        if (!deliverAll()) {
            held = true;
            return;
        }
        Event event = pending;
        if (event != null) {
            if (!event.handle()) {
                held = true;
                return;
            }
            pending = null;
            requested = false;
            held = !deliverAll();
        }
        outbound.flush();
        lending &= heldBinary != null || stagePending();
        // Behind the peer's Close only the end can come: it is asked for when our own has left, so as not to overtake
        // it.
        if (!requested && !held && !lending && !over() && !peerDone) {
            requested = true;
            transport.request();
        }
    }

    private boolean textPiece(CharSequence piece, boolean last) throws ProtocolException {
        if (!mayBegin()) {
            return false;
        }
        // A piece with nothing in it is a frame of its own, whatever else the engine hides of frames.
        assembler.frame(!inMessage, true, utf8Length(piece), !inMessage || piece.length() == 0);
        inMessage = !last;
        if (unwanted) {
            unwanted = !last;
            return true;
        }
        if (partial != null) {
            heldText = partial.piece((int) utf8Length(piece), last) ? piece.toString() : null;
            return true;
        }
        if (last && text == null) {
            heldText = piece.toString();
            return true;
        }
        text = (text == null ? new StringBuilder(2 * piece.length()) : text).append(piece);
        if (last) {
            heldText = text.toString();
            text = null;
        }
        return true;
    }

    /** Whether a piece may be taken: it goes on with a message, or that may begin, or is taken to be thrown away. */
    private boolean mayBegin() {
        if ((inMessage && partial == null) || unwanted || mayDeliver()) {
            return true;
        }
        unwanted = discards();
        return unwanted;
    }

    private static long utf8Length(CharSequence text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // Each half of a surrogate pair counts for two of the four bytes.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }

    private boolean dataPiece(boolean isText, boolean rsv1, ByteBuffer piece, boolean last, boolean frame)
            throws ProtocolException {
        if (!mayBegin()) {
            return false;
        }
        if (rsv1 && (inMessage || inflating == null)) {
            throw new ProtocolException(
                    CloseCode.PROTOCOL_ERROR,
                    "RSV1 is set, which is for the first frame of a compressed message alone (RFC 7692 section 6)");
        }
        compressed = inMessage ? compressed : rsv1;
        if (inflating != null && !compressed && frame) {
            assembler.plainFrame(piece.remaining());
        }
        assembler.frame(!inMessage, isText, compressed ? 0 : piece.remaining(), frame);
        inMessage = !last;
        if (inflating != null && compressed) {
            if (partial != null && !unwanted) {
                inflating.give(piece, piece.remaining(), last);
                nextInflated(inflating, partial, isText);
                return true;
            }
            byte[] whole = inflating.add(piece, piece.remaining(), last, unwanted ? null : assembler);
            if (!unwanted) {
                take(whole, isText, last);
            }
            unwanted &= !last;
            return true;
        }
        if (unwanted) {
            unwanted = !last;
            return true;
        }
        if (partial != null) {
            return partialPiece(partial, isText, piece, last);
        }
        if (last && !isText && assembler.empty()) {
            heldBinary = piece.asReadOnlyBuffer();
            lending = true;
            return true;
        }
        if (!last) {
            assembler.check(piece, piece.position(), piece.remaining(), false);
        }
        assembler.add(piece, piece.remaining(), last);
        take(null, isText, last);
        return true;
    }

    private boolean partialPiece(Partial to, boolean isText, ByteBuffer piece, boolean last) throws ProtocolException {
        boolean something = to.piece(piece.remaining(), last);
        if (isText) {
            heldText = to.decode(Outgoing.copy(piece).array(), piece.remaining());
        } else if (something) {
            heldBinary = piece.asReadOnlyBuffer();
            lending = true;
        }
        return true;
    }

    /** What the engine lends it takes back at the next request. */
    @Override
    boolean lendsBriefly() {
        return lending;
    }

    /** The message that has ended, which is here as a whole, or with the assembler. */
    private void take(byte @Nullable [] whole, boolean isText, boolean last) throws ProtocolException {
        if (!last) {
            return;
        }
        if (isText) {
            heldText = whole == null ? assembler.takeText(false) : assembler.decode(whole, whole.length, false);
        } else {
            heldBinary = whole == null
                    ? assembler.takeBinary()
                    : ByteBuffer.wrap(whole).asReadOnlyBuffer();
        }
    }

    private void nextInflated(Inflating from, Partial to, boolean isText) throws ProtocolException {
        byte[] piece = from.next(assembler);
        boolean something = to.piece(piece.length, from.ended());
        if (isText) {
            heldText = to.decode(piece, piece.length);
        } else if (something) {
            heldBinary = ByteBuffer.wrap(piece).asReadOnlyBuffer();
        }
    }

    @Override
    void release() {
        if (inflating != null) {
            inflating.release();
        }
    }

    /** Delivers what waits, and what more there is in the compressed piece that came last; false if it has to wait. */
    private boolean deliverAll() throws ProtocolException {
        while (deliverHeld()) {
            if (inflating == null || partial == null || !inflating.more() || over()) {
                return true;
            }
            if (mayDeliver()) {
                nextInflated(inflating, partial, assembler.text());
            } else if (discards()) {
                inflating.skip();
                unwanted = !inflating.ended();
            } else {
                return false;
            }
        }
        return false;
    }

    /** Delivers a message that waits, if there is one and room for an answer of its size. */
    private boolean deliverHeld() {
        String whole = heldText;
        ByteBuffer binary = heldBinary;
        if (whole == null && binary == null) {
            return true;
        }
        int size = whole != null ? whole.length() : binary != null ? binary.remaining() : 0;
        if (!outbound.room(size)) {
            outbound.flush();
            if (!outbound.room(size)) {
                return false;
            }
        }
        heldText = null;
        heldBinary = null;
        if (whole != null) {
            deliverText(whole);
        } else if (binary != null) {
            deliverBinary(binary);
        }
        return true;
    }

    @Override
    void drop() {
        dropped = true;
        transport.abort();
        gone();
    }

    /** Nothing that comes now counts but the end of the stream, behind which TCP can end at once. */
    private void drain() {
        if (pending != null) {
            pending = null;
            requested = false;
        }
        if (!requested && !dropped) {
            requested = true;
            transport.request();
        }
    }

    /** The rest of TCP ends by itself, or else by the timer that drops it. */
    @Override
    void endOutput() {
        transport.shutdownOutput();
    }

    @Override
    boolean handshakeDone() {
        return false;
    }
}
