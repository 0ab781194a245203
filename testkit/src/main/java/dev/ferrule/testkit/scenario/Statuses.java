package dev.ferrule.testkit.scenario;

/** Which HTTP statuses fit as a refusal of an opening handshake; none of them is 101. */
public enum Statuses {
    /** The request is wrong: 4xx. */
    BAD_REQUEST,
    /** The request needs not be a WebSocket handshake at all: 2xx for an ordinary resource, 4xx, 501. */
    NOT_AN_UPGRADE,
    /** The version of HTTP is not the right one: 4xx or 505. */
    HTTP_VERSION,
    /** The version of the protocol is not 13: 4xx, best 426, and always with a list of the supported ones. */
    OTHER_VERSION,
    /** Forbidden: 403. */
    FORBIDDEN,
    /** There is no such thing: 404, or another 4xx. */
    NOT_FOUND;

    /**
     * Whether a status fits.
     *
     * @param status the status of the answer
     * @return true if it does
     */
    public boolean fits(int status) {
        boolean clientError = status >= 400 && status < 500;
        return switch (this) {
            case BAD_REQUEST, NOT_FOUND -> clientError;
            case NOT_AN_UPGRADE -> clientError || (status >= 200 && status < 300) || status == 501;
            case HTTP_VERSION -> clientError || status == 505;
            case OTHER_VERSION -> status == 426 || status == 400;
            case FORBIDDEN -> status == 403;
        };
    }
}
