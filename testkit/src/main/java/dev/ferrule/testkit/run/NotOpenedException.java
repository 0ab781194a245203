package dev.ferrule.testkit.run;

/** The opening handshake came to nothing. */
final class NotOpenedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    NotOpenedException(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
