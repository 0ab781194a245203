package dev.ferrule.testkit.cli;

/** What the process says when it ends. */
enum Status {
    /** All is well. */
    GOOD(0, "nothing failed that is not declared"),
    /** The peer fails. */
    FAILED(1, "something failed, or a declared failure passed or has expired"),
    /** The command line is wrong, or a file that it names. */
    USAGE(2, "wrong usage"),
    /** Nothing was judged. */
    UNREACHABLE(3, "no peer: it can't be reached, refuses an ordinary handshake, or doesn't echo"),
    /** The kit is wrong. */
    BROKEN(4, "the kit itself failed; what it printed belongs into a bug report");

    final int code;
    final String meaning;

    Status(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }
}
