package dev.ferrule.testkit.contract;

import dev.ferrule.Connection;
import dev.ferrule.PartialEndpoint;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The application of a check that wants messages piece by piece: puts texts together, and counts bytes. */
final class PartialApp extends App implements PartialEndpoint {
    private final StringBuilder text = new StringBuilder();
    private int bytes;

    @Override
    public @Nullable CompletionStage<?> onPartialText(Connection connection, String piece, boolean last)
            throws Exception {
        text.append(piece);
        if (!last) {
            return null;
        }
        String whole = text.toString();
        text.setLength(0);
        return record("text " + whole, onText, connection, whole);
    }

    @Override
    public @Nullable CompletionStage<?> onPartialBinary(Connection connection, ByteBuffer piece, boolean last)
            throws Exception {
        bytes += piece.remaining();
        return last ? record("binary of " + bytes, onBinary, connection, piece) : null;
    }
}
