package dev.ferrule.testkit.mutant;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.deflate.CorruptException;
import dev.ferrule.testkit.deflate.Deflation;
import dev.ferrule.testkit.deflate.Inflation;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The compression of one connection, or the lack of it. */
final class TinyDeflate {
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    private final Flaws flaws;
    private final Agreement agreement;
    private final Deflation deflation;
    private final boolean takeover;
    private Inflation inflation;
    private boolean ended;

    TinyDeflate(Agreement agreement, Role role, Flaws flaws) {
        this.flaws = flaws;
        this.agreement = agreement;
        boolean resetsNot = flaws.has(Flaw.SERVER_RESETS_NOT) || flaws.has(Flaw.CLIENT_RESETS_NOT);
        boolean ignoresBits = flaws.has(Flaw.SERVER_BITS_IGNORED) || flaws.has(Flaw.CLIENT_BITS_IGNORED);
        deflation = new Deflation(agreement.takeover(role) || resetsNot, ignoresBits ? 15 : agreement.bits(role));
        takeover = agreement.takeover(role.peer()) && !flaws.has(Flaw.FORGETS_WINDOW);
        inflation = fresh();
    }

    private Inflation fresh() {
        return new Inflation(takeover, 1 << 26);
    }

    Bytes deflate(Bytes message) {
        Bytes payload = deflation.message(message);
        if (flaws.has(Flaw.EMPTY_WITHOUT_A_BYTE) && message.size() == 0) {
            return Bytes.EMPTY;
        }
        return flaws.has(Flaw.KEEPS_TAIL) ? payload.plus(Bytes.hex("0000ffff")) : payload;
    }

    /** A plain message has come. */
    void plain() throws FailedException {
        if (flaws.has(Flaw.REFUSES_PLAIN)) {
            throw new FailedException(1002);
        }
        if (flaws.has(Flaw.PLAIN_CLEARS_WINDOW)) {
            inflation = fresh();
        }
    }

    Bytes inflate(List<Bytes> fragments) throws FailedException {
        try {
            if (flaws.has(Flaw.INFLATES_EACH_FRAGMENT)) {
                List<Bytes> parts = new ArrayList<>();
                for (Bytes fragment : fragments) {
                    parts.add(inflate(fragment));
                }
                return Bytes.concat(parts);
            }
            return inflate(Bytes.concat(fragments));
        } catch (CorruptException e) {
            if (flaws.has(Flaw.DELIVERS_CORRUPT)) {
                return Bytes.EMPTY;
            }
            throw new FailedException(flaws.has(Flaw.CORRUPT_IS_IGNORED) ? -1 : 1007);
        }
    }

    private Bytes inflate(Bytes payload) throws CorruptException, FailedException {
        int first = payload.size() == 0 ? 0 : payload.at(0);
        boolean last = (first & 1) == 1;
        if (flaws.has(Flaw.BFINAL_IS_THE_END) && ended) {
            return Bytes.EMPTY;
        }
        ended |= last;
        int type = first >> 1 & 3;
        if ((type == 2 && flaws.has(Flaw.NO_DYNAMIC_BLOCKS))
                || (type == 0 && payload.size() > 1 && flaws.has(Flaw.NO_STORED_BLOCKS))) {
            throw new FailedException(1002);
        }
        Bytes message = inflation.message(payload);
        if (flaws.has(Flaw.HALF_A_WINDOW) && inflation.farthest() > 16_384) {
            throw new FailedException(1007);
        }
        return last && flaws.has(Flaw.NOTHING_BEHIND_BFINAL) ? message.slice(0, Math.min(5, message.size())) : message;
    }

    /** What a server answers to the offers: the first one that it can agree to. */
    static Optional<String> answer(Fields offer, Flaws flaws) {
        List<String> answers = new ArrayList<>();
        for (String element : offer.elements(EXTENSIONS)) {
            if (!element.split(";", 2)[0].strip().equals(Agreement.NAME)) {
                continue;
            }
            String answer = flaws.has(Flaw.ACCEPTS_ANY_OFFER) ? Agreement.NAME : answer(element, flaws);
            boolean fits =
                    Agreement.problems(Fields.of(EXTENSIONS, answer), offer).isEmpty();
            boolean bold = flaws.has(Flaw.ACCEPTS_ANY_OFFER)
                    || flaws.has(Flaw.CLIENT_BITS_UNASKED)
                    || flaws.has(Flaw.SERVER_BITS_UNANSWERED);
            if (fits || bold) {
                answers.add(answer);
            }
        }
        String all = flaws.has(Flaw.ANSWERS_EVERY_OFFER)
                ? String.join(", ", answers)
                : answers.stream().findFirst().orElse("");
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private static String answer(String element, Flaws flaws) {
        StringBuilder answer = new StringBuilder(Agreement.NAME);
        String[] parts = element.replace("\"", "").split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            boolean bits = parameter.startsWith("server_max_window_bits");
            if (!parameter.equals("client_max_window_bits") && !(bits && flaws.has(Flaw.SERVER_BITS_UNANSWERED))) {
                answer.append("; ").append(parameter);
            }
        }
        if (flaws.has(Flaw.CLIENT_BITS_UNASKED) && !element.contains("client_max_window_bits")) {
            answer.append("; client_max_window_bits=10");
        }
        return answer.toString();
    }

    /** Whether a server refuses a request for its offers, which none should. */
    static boolean refuses(Fields offer, Flaws flaws) {
        return flaws.has(Flaw.REFUSES_UNKNOWN_OFFER)
                && offer.elements(EXTENSIONS).stream().anyMatch(element -> element.contains("foo=1"));
    }

    int limit(int limit) {
        return flaws.has(Flaw.LIMIT_OF_INFLATED_OFF_BY_ONE) ? limit + 1 : limit;
    }

    Agreement agreement() {
        return agreement;
    }
}
