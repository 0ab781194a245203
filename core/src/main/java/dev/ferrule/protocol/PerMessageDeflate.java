package dev.ferrule.protocol;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The extension permessage-deflate as two endpoints have agreed on it (RFC 7692 section 7.1), and how they come to agree.
 *
 * <p>Immutable; the functions are pure. Ferrule can do with any window, in both directions.
 *
 * @param serverNoContextTakeover whether the server's messages don't refer to earlier ones
 * @param clientNoContextTakeover whether the client's messages don't refer to earlier ones
 * @param serverMaxWindowBits how far the server's messages refer back at most, as a power of 2: from 8 to 15
 * @param clientMaxWindowBits how far the client's messages refer back at most, as a power of 2: from 8 to 15
 * @param response what the server answered in {@code Sec-WebSocket-Extensions}
 */
public record PerMessageDeflate(
        boolean serverNoContextTakeover,
        boolean clientNoContextTakeover,
        int serverMaxWindowBits,
        int clientMaxWindowBits,
        Extension response) {
    /** The name of the extension. */
    public static final String NAME = "permessage-deflate";

    private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
    private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
    private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";
    private static final int MAX_BITS = 15;

    /**
     * What a client offers.
     *
     * @param contextTakeover whether messages may refer to earlier ones, in both directions
     * @return the one offer
     */
    public static Extension offer(boolean contextTakeover) {
        List<Extension.Parameter> parameters = new ArrayList<>(3);
        if (!contextTakeover) {
            parameters.add(new Extension.Parameter(SERVER_NO_CONTEXT_TAKEOVER, null));
            parameters.add(new Extension.Parameter(CLIENT_NO_CONTEXT_TAKEOVER, null));
        }
        parameters.add(new Extension.Parameter(CLIENT_MAX_WINDOW_BITS, null));
        return new Extension(NAME, parameters);
    }

    /**
     * What a server makes of a client's offers: it takes the first that is in order, and declines the others.
     *
     * @param offers the extensions offered, in the order of preference, other extensions among them
     * @param contextTakeover whether messages may refer to earlier ones, in both directions; the client may forbid it
     * @return what is agreed on, or null if the extension is not to be used
     */
    public static @Nullable PerMessageDeflate accept(List<Extension> offers, boolean contextTakeover) {
        for (Extension offer : offers) {
            if (offer.name().equals(NAME) && fault(offer, true) == null) {
                return accepted(offer, contextTakeover);
            }
        }
        return null;
    }

    private static PerMessageDeflate accepted(Extension offer, boolean contextTakeover) {
        boolean serverForgets = !contextTakeover || has(offer, SERVER_NO_CONTEXT_TAKEOVER);
        boolean clientForgets = !contextTakeover || has(offer, CLIENT_NO_CONTEXT_TAKEOVER);
        List<Extension.Parameter> parameters = new ArrayList<>(3);
        if (serverForgets) {
            parameters.add(new Extension.Parameter(SERVER_NO_CONTEXT_TAKEOVER, null));
        }
        if (clientForgets) {
            parameters.add(new Extension.Parameter(CLIENT_NO_CONTEXT_TAKEOVER, null));
        }
        int serverBits = bits(offer, SERVER_MAX_WINDOW_BITS);
        if (has(offer, SERVER_MAX_WINDOW_BITS)) {
            parameters.add(new Extension.Parameter(SERVER_MAX_WINDOW_BITS, Integer.toString(serverBits)));
        }
        // A client says by client_max_window_bits what it could do with; asking nothing of it is always an answer.
        return new PerMessageDeflate(
                serverForgets, clientForgets, serverBits, MAX_BITS, new Extension(NAME, parameters));
    }

    /**
     * What a client that made {@link #offer} makes of the server's answer.
     *
     * @param accepted the extensions that the server accepted, none that was not offered
     * @param contextTakeover what was offered
     * @return what is agreed on, or null if the server did not accept the extension
     * @throws IllegalArgumentException if the answer is none that the offer allows, so that the handshake has to fail; the
     *     message says why
     */
    public static @Nullable PerMessageDeflate agreed(List<Extension> accepted, boolean contextTakeover) {
        PerMessageDeflate agreed = null;
        for (Extension response : accepted) {
            if (response.name().equals(NAME)) {
                if (agreed != null) {
                    throw new IllegalArgumentException(
                            "server accepted permessage-deflate twice (RFC 7692 section 5.1)");
                }
                agreed = agreed(response, contextTakeover);
            }
        }
        return agreed;
    }

    private static PerMessageDeflate agreed(Extension response, boolean contextTakeover) {
        String fault = fault(response, false);
        if (fault != null) {
            throw new IllegalArgumentException("server accepted permessage-deflate with " + fault);
        }
        if (!contextTakeover && !has(response, SERVER_NO_CONTEXT_TAKEOVER)) {
            throw new IllegalArgumentException("server accepted permessage-deflate without server_no_context_takeover,"
                    + " which was offered (RFC 7692 section 7.1.1.1)");
        }
        return new PerMessageDeflate(
                has(response, SERVER_NO_CONTEXT_TAKEOVER),
                !contextTakeover || has(response, CLIENT_NO_CONTEXT_TAKEOVER),
                bits(response, SERVER_MAX_WINDOW_BITS),
                bits(response, CLIENT_MAX_WINDOW_BITS),
                response);
    }

    /**
     * How long a frame of a compressed message may be where one of other messages may have a given length. What can't be
     * compressed becomes longer instead, and still is a message that has to pass: by an eighth at most where each byte takes
     * nine bits, and a little with each block.
     *
     * @param plain the limit of other frames
     * @return the limit of compressed ones, more than that
     */
    public static long maxFrameBytes(long plain) {
        return plain + plain / 8 + plain / 64 + 16;
    }

    /** What is wrong with the parameters of an offer or of a response, or null (section 7.1). */
    private static @Nullable String fault(Extension extension, boolean offer) {
        Set<String> seen = new HashSet<>();
        for (Extension.Parameter parameter : extension.parameters()) {
            if (!seen.add(parameter.name())) {
                return "the parameter " + FieldGrammar.shown(parameter.name()) + " twice (RFC 7692 section 7)";
            }
            String value = parameter.value();
            boolean valid = switch (parameter.name()) {
                case SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER -> value == null;
                case SERVER_MAX_WINDOW_BITS -> bits(value) != 0;
                case CLIENT_MAX_WINDOW_BITS -> bits(value) != 0 || (offer && value == null);
                default -> false;
            };
            if (!valid) {
                return "the parameter " + FieldGrammar.shown(parameter.toString()) + " (RFC 7692 section 7.1)";
            }
        }
        return null;
    }

    private static boolean has(Extension extension, String name) {
        for (Extension.Parameter parameter : extension.parameters()) {
            if (parameter.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The value of a parameter that is in order; the most if it isn't there or has none. */
    private static int bits(Extension extension, String name) {
        for (Extension.Parameter parameter : extension.parameters()) {
            if (parameter.name().equals(name) && parameter.value() != null) {
                return bits(parameter.value());
            }
        }
        return MAX_BITS;
    }

    /** A decimal number from 8 to 15 without a leading zero (sections 7.1.2.1 and 7.1.2.2); 0 for anything else. */
    private static int bits(@Nullable String value) {
        if (value == null) {
            return 0;
        }
        return switch (value) {
            case "8", "9", "10", "11", "12", "13", "14", "15" -> Integer.parseInt(value);
            default -> 0;
        };
    }

    /**
     * How far the messages of an endpoint refer back at most.
     *
     * @param sender the role of the endpoint
     * @return a power of 2, from 8 to 15
     */
    public int maxWindowBits(Role sender) {
        return sender == Role.SERVER ? serverMaxWindowBits : clientMaxWindowBits;
    }

    /**
     * Whether the messages of an endpoint may refer to earlier ones.
     *
     * @param sender the role of the endpoint
     * @return true if its receiver has to keep a window between messages
     */
    public boolean contextTakeover(Role sender) {
        return !(sender == Role.SERVER ? serverNoContextTakeover : clientNoContextTakeover);
    }
}
