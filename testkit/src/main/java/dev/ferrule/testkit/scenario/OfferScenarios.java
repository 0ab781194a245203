package dev.ferrule.testkit.scenario;

import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.RequestSpec;
import dev.ferrule.testkit.wire.ResponseSpec;
import java.util.ArrayList;
import java.util.List;

/** How permessage-deflate is agreed on: RFC 7692 sections 5 and 7.1. Every answer is judged by the offers. */
final class OfferScenarios {
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    private static final String NAME = "permessage-deflate";

    /** Parameters that no endpoint knows, may have once only, or that have values which they can't have. */
    private static final List<String> WRONG = List.of(
            "foo",
            "foo=1",
            "server_no_context_takeover=1",
            "client_no_context_takeover=true",
            "server_no_context_takeover; server_no_context_takeover",
            "client_no_context_takeover; client_no_context_takeover",
            "server_max_window_bits=7",
            "server_max_window_bits=16",
            "server_max_window_bits=0",
            "server_max_window_bits=010",
            "server_max_window_bits=08",
            "server_max_window_bits=-1",
            "server_max_window_bits=+9",
            "server_max_window_bits=a",
            "server_max_window_bits=99999999999",
            "server_max_window_bits=10; server_max_window_bits=10",
            "client_max_window_bits=7",
            "client_max_window_bits=16",
            "client_max_window_bits=a",
            "client_max_window_bits=015",
            "client_max_window_bits=10; client_max_window_bits=11");

    private final List<Scenario> rows = new ArrayList<>();

    static List<Scenario> all() {
        OfferScenarios family = new OfferScenarios();
        family.offers();
        family.answers();
        return family.rows;
    }

    private void offers() {
        for (String wrong : WRONG) {
            accept("7692-7-1", wrong, NAME + "; " + wrong);
            accept("7692-7-1", wrong + " and a right offer", NAME + "; " + wrong + ", " + NAME);
        }
        accept("7692-7-1", "server_max_window_bits without a value", NAME + "; server_max_window_bits");
        accept("7692-7-1", "a value in quotes", NAME + "; server_max_window_bits=\"10\"");
        accept("7692-5-1", "twice the same", NAME + ", " + NAME);
        accept("7692-5-1", "two that differ", NAME + "; server_no_context_takeover, " + NAME);
        accept("7692-5-1", "beside another extension", "foo; bar, " + NAME + "; client_max_window_bits");
        accept("7692-5-1", "an extension whose name only begins alike", NAME + "d");
        RequestSpec lines = RequestSpec.CORRECT.plus(EXTENSIONS, "foo").plus(EXTENSIONS, NAME);
        add("7692-5-1", "on the second of two lines", Plays.accepted(lines));
        for (int bits = 8; bits <= 15; bits++) {
            accept("7692-7.1.2.2", "client_max_window_bits=" + bits, NAME + "; client_max_window_bits=" + bits);
        }
        accept("7692-7.1.2.2", "client_max_window_bits without a value", NAME + "; client_max_window_bits");
        accept("7692-7.1.2.2", "not offered", NAME);
    }

    /** A client must fail what it can't have agreed to. */
    private void answers() {
        for (String wrong : WRONG) {
            refuse(wrong, NAME + "; " + wrong);
        }
        refuse("server_max_window_bits without a value", NAME + "; server_max_window_bits");
        refuse("client_max_window_bits without a value", NAME + "; client_max_window_bits");
        refuse("twice", NAME + ", " + NAME);
        refuse("beside another extension", NAME + ", foo");
        ResponseSpec lines = ResponseSpec.CORRECT.plus(EXTENSIONS, NAME).plus(EXTENSIONS, NAME);
        rows.add(Scenario.of("7692-7-2/twice-in-two-lines", "twice in two lines", Plays.refused(lines))
                .needing(Capability.DEFLATE));
        add("7692-7-2", "declined", Plays.accepted(ResponseSpec.CORRECT));
    }

    private void accept(String requirement, String what, String offer) {
        RequestSpec request = RequestSpec.CORRECT.plus(EXTENSIONS, offer);
        rows.add(Scenario.of(Names.id(requirement, "offer " + what), "offer " + what, Plays.accepted(request))
                .on(Side.SERVER)
                .needing(Capability.DEFLATE));
    }

    private void refuse(String what, String answer) {
        ResponseSpec response = ResponseSpec.CORRECT.plus(EXTENSIONS, answer);
        rows.add(Scenario.of(Names.id("7692-7-2", what), what, Plays.refused(response))
                .needing(Capability.DEFLATE));
    }

    private void add(String requirement, String what, Play play) {
        rows.add(Scenario.of(Names.id(requirement, what), what, play).needing(Capability.DEFLATE));
    }

    /** A connection with an offer and an answer that say the same, as far as the roles allow it. */
    static Opening agreed(String parameters) {
        String text = parameters.isEmpty() ? NAME : NAME + "; " + parameters;
        return Opening.CORRECT
                .with(RequestSpec.CORRECT.plus(EXTENSIONS, text))
                .with(ResponseSpec.CORRECT.plus(EXTENSIONS, text));
    }

    /** A compressed message in one frame. */
    static Frame compressed(Frame frame) {
        return frame.withRsv(Frame.RSV1);
    }
}
