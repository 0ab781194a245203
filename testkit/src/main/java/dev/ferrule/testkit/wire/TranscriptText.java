package dev.ferrule.testkit.wire;

import dev.ferrule.testkit.wire.Transcript.Direction;
import dev.ferrule.testkit.wire.Transcript.Entry;
import dev.ferrule.testkit.wire.Transcript.Note;
import dev.ferrule.testkit.wire.Transcript.Transfer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The readable form of a transcript. */
final class TranscriptText {
    private static final int MOST_LINES = 120;

    private final Map<Direction, View> views = new EnumMap<>(Direction.class);
    private final StringBuilder text = new StringBuilder();

    /** What is known of one direction: first an HTTP head, then frames. */
    private static final class View {
        final FrameDecoder frames;
        Bytes head = Bytes.EMPTY;
        boolean upgraded;

        View(Role sender) {
            frames = new FrameDecoder(sender);
        }
    }

    TranscriptText(Role kit) {
        views.put(Direction.SENT, new View(kit));
        views.put(Direction.RECEIVED, new View(kit.peer()));
    }

    String render(List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            // Long byte-wise transcripts say most at their ends.
            if (entries.size() > MOST_LINES && i == MOST_LINES / 2) {
                text.append("        ... ").append(entries.size() - MOST_LINES).append(" entries left out ...\n");
            }
            boolean shown = i < MOST_LINES / 2 || i >= entries.size() - MOST_LINES / 2;
            Entry entry = entries.get(i);
            if (entry instanceof Transfer transfer) {
                transfer(transfer, shown);
            } else if (entry instanceof Note note && shown) {
                line(note.nanos(), "--", note.text());
            }
        }
        return text.toString();
    }

    private void transfer(Transfer transfer, boolean shown) {
        boolean sent = transfer.direction() == Direction.SENT;
        View view = views.get(transfer.direction());
        if (view == null) {
            return;
        }
        if (shown) {
            line(transfer.nanos(), sent ? ">>" : "<<", transfer.bytes().toString());
        }
        Bytes rest = view.upgraded ? transfer.bytes() : head(view, transfer.bytes());
        for (Frame frame : view.frames.feed(rest)) {
            text.append(sent ? "            > " : "            < ")
                    .append(frame)
                    .append('\n');
        }
    }

    private Bytes head(View view, Bytes bytes) {
        view.head = view.head.plus(bytes);
        int length = HttpHead.length(view.head);
        if (length == 0) {
            return Bytes.EMPTY;
        }
        view.upgraded = true;
        view.head
                .slice(0, length)
                .latin1()
                .lines()
                .filter(line -> !line.isEmpty())
                .forEach(line -> text.append("            | ").append(line).append('\n'));
        return view.head.slice(length, view.head.size());
    }

    private void line(long nanos, String arrow, String what) {
        text.append(String.format(Locale.ROOT, "%9.3f ms %s %s%n", nanos / 1e6, arrow, what));
    }
}
