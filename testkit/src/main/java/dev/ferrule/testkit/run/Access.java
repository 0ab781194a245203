package dev.ferrule.testkit.run;

import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.RequestSpec;

/**
 * What a server asks of everybody before it opens a WebSocket.
 *
 * @param headers header lines that every request gets, such as Authorization
 * @param subprotocols the value of Sec-WebSocket-Protocol in requests that have none of their own, or empty
 * @param anyCertificate whether a certificate that nobody vouches for is accepted
 */
public record Access(Fields headers, String subprotocols, boolean anyCertificate) {
    /** Nothing special; the certificate of a server under test is usually its own work. */
    public static final Access OPEN = new Access(Fields.of(), "", true);

    /**
     * {@return the request as this server wants it}
     *
     * @param request any request
     */
    public RequestSpec apply(RequestSpec request) {
        RequestSpec result = request;
        for (var line : headers.lines()) {
            result = result.plus(line.name(), line.value());
        }
        boolean silent = request.fields().all("Sec-WebSocket-Protocol").isEmpty();
        return silent && !subprotocols.isEmpty() ? result.plus("Sec-WebSocket-Protocol", subprotocols) : result;
    }
}
