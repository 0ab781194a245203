package dev.ferrule.testkit.run;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** Starts a client under test. */
@FunctionalInterface
public interface ClientDriver {
    /**
     * Connects to the URL and echoes every message, text as text and binary as binary, until the connection ends.
     *
     * @param uri a ws or wss URL of the kit; the certificate of wss is {@code Tls.trustingKit()}'s
     * @param opened to be run when the connection is open: a client that lacks
     *     {@link dev.ferrule.testkit.scenario.Capability#EARLY_FRAMES} is sent nothing before
     * @return completes normally when a connection that was open has ended, however it did, and exceptionally when it
     *     could not be opened
     */
    CompletionStage<?> echo(URI uri, Runnable opened);
}
