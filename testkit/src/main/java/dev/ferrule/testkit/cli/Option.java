package dev.ferrule.testkit.cli;

/**
 * An option of a command.
 *
 * @param name as it is written, for instance {@code --seed}
 * @param value what follows it, as help shows it, or empty if nothing does
 * @param meaning one line of help
 */
record Option(String name, String value, String meaning) {
    static final Option ONLY = new Option("--only", "GLOB", "only scenarios whose id fits, * is anything; repeatable");
    static final Option STRICT = new Option("--strict", "", "a broken SHOULD fails, and what is only tolerated");
    static final Option SEED = new Option("--seed", "N", "of the generated scenarios (1)");
    static final Option PATIENCE = new Option("--patience", "TIME", "how long to wait for anything, 5s or 800ms (5s)");
    static final Option JOBS = new Option("--jobs", "N", "how many scenarios run at once (8)");
    static final Option HEADER = new Option("--header", "LINE", "'Name: value' in every request; repeatable");
    static final Option SUBPROTOCOL = new Option("--subprotocol", "LIST", "offered in every request");
    static final Option MAX_MESSAGE =
            new Option("--max-message", "BYTES", "the peer's limit: that much passes, one byte more fails");
    static final Option TLS_INSECURE = new Option("--tls-insecure", "", "accept any certificate");
    static final Option KNOWN = new Option("--known", "FILE", "declared failures: id | reason | link | expiry");
    static final Option BASELINE = new Option("--baseline", "FILE", "an earlier report.json: fail only what is worse");
    static final Option REPORT = new Option("--report", "DIR", "write all reports there");
    static final Option PROFILE = new Option("--profile", "NAME", "smoke, full or nightly (full)");
    static final Option LACKS =
            new Option("--lacks", "NAME", "what the peer can't do and isn't judged by; repeatable, see list");
    static final Option NAME = new Option("--name", "NAME", "of the peer, in reports (the URL)");
    static final Option PORT = new Option("--port", "N", "where to listen, 0 for any free port (9001)");
    static final Option HOST = new Option("--host", "ADDRESS", "where to listen (127.0.0.1)");
    static final Option EXEC = new Option("--exec", "COMMAND", "starts the client, {url} stands for the URL");
    static final Option TIME = new Option("--time", "TIME", "how long, 60s or 5m (60s)");
    static final Option ROLE = new Option("--role", "ROLE", "server or client (server)");

    boolean takesValue() {
        return !value.isEmpty();
    }

    String usage() {
        return takesValue() ? name + " " + value : name;
    }
}
