package dev.ferrule.testkit.deflate;

import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an opening handshake agreed on (RFC 7692 section 7.1).
 *
 * @param serverTakeover whether the server's window outlives a message
 * @param serverBits the size of the server's window
 * @param clientTakeover whether the client's window outlives a message
 * @param clientBits the size of the client's window
 */
public record Agreement(boolean serverTakeover, int serverBits, boolean clientTakeover, int clientBits) {
    /** The name of the extension. */
    public static final String NAME = "permessage-deflate";

    private static final String HEADER = "Sec-WebSocket-Extensions";

    /**
     * {@return what the answer agrees to, empty without permessage-deflate}
     *
     * @param answer the fields of the server's answer
     */
    public static Optional<Agreement> of(Fields answer) {
        return elements(answer).stream().findFirst().map(Parameters::agreement);
    }

    /**
     * {@return what is wrong with an answer: it must fit one of the offers, and speak of permessage-deflate once}
     *
     * @param answer the fields of the server's answer
     * @param offer the fields of the client's request
     */
    public static List<String> problems(Fields answer, Fields offer) {
        List<Parameters> answers = elements(answer);
        List<Parameters> offers = elements(offer);
        List<String> problems = new ArrayList<>();
        if (answers.size() > 1) {
            problems.add("permessage-deflate twice in the answer");
        }
        for (Parameters one : answers) {
            one.problems(false).forEach(problem -> problems.add("the answer has " + problem));
            boolean fits = offers.stream().anyMatch(one::answers);
            if (problems.isEmpty() && !fits) {
                problems.add("the answer '" + one + "' fits none of the offers " + offers);
            }
        }
        return problems;
    }

    /**
     * {@return whether the request offers the extension, and with it the parameter}
     *
     * @param offer the fields of the client's request
     * @param parameter a name of a parameter, or empty
     */
    public static boolean offered(Fields offer, String parameter) {
        return elements(offer).stream().anyMatch(one -> parameter.isEmpty() || one.has(parameter));
    }

    /**
     * {@return whether a window outlives a message}
     *
     * @param sender whose messages
     */
    public boolean takeover(Role sender) {
        return sender == Role.SERVER ? serverTakeover : clientTakeover;
    }

    /**
     * {@return the size of a window}
     *
     * @param sender whose messages
     */
    public int bits(Role sender) {
        return sender == Role.SERVER ? serverBits : clientBits;
    }

    private static List<Parameters> elements(Fields fields) {
        return fields.elements(HEADER).stream()
                .map(Parameters::parse)
                .filter(one -> one.name().equals(NAME))
                .toList();
    }
}
