package dev.ferrule.bench.client;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** A client of one library. */
interface EchoClient {
    /** Opens a connection that hands each text to the loop and sends what the loop says. */
    CompletionStage<?> connect(URI uri, Loop loop) throws Exception;
}
