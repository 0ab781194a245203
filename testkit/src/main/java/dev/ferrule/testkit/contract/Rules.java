package dev.ferrule.testkit.contract;

import dev.ferrule.protocol.Role;
import java.util.List;
import java.util.Set;

/** All promises, in the order of the table. */
public final class Rules {
    private static final Set<Role> SERVER = Set.of(Role.SERVER);
    private static final Set<Role> CLIENT = Set.of(Role.CLIENT);

    /** The table. */
    public static final List<Rule> ALL = List.of(
            both("CB-1", "callbacks of a connection never overlap: onOpen, then messages and pongs, then onClose"),
            both("CB-2", "onClose comes once for each onOpen, whatever ends the connection"),
            both("CB-3", "no callback and no completion runs on the caller's stack"),
            both("CB-4", "callbacks may block, and other connections go on"),
            both("CB-5", "a callback that throws fails the connection with 1011, and is the cause in onClose"),
            both("CB-6", "a stage returned from a callback delays the next message"),
            both("RX-1", "whole messages, however they are fragmented and cut; piece by piece where that is chosen"),
            both(
                    "RX-2",
                    "a message of the limit passes; more fails with 1009, as soon as a frame's header announces it"),
            both("RX-3", "text is checked to be UTF-8 as bytes arrive: 1007"),
            both("RX-4", "a received buffer is read-only and lent; copy and retain are explicit"),
            both("RX-5", "with manual demand no message beyond it; control frames and the end are still handled"),
            both("RX-6", "fragments, empty frames and control frames are limited in number: 1008"),
            both("TX-1", "send from any thread; no message is torn or mixed, each sender's keep their order"),
            both("TX-2", "the queue is bounded; the policy decides what happens then; each drop is counted"),
            both("TX-3", "every send completes once, in order, when the transport took it or with the reason"),
            both("TX-4", "buffers of any kind are sent as they are, and left as they are"),
            both("TX-5", "a text with an unpaired surrogate is refused before a byte is written"),
            new Rule("TX-6", "a broadcast is encoded once", SERVER),
            both("TX-7", "what is sent while one read is handled leaves in one write; elsewhere at once"),
            both("TX-8", "a message can be sent piece by piece; others wait their turn, with a bound"),
            both("TX-9", "a write without progress for the write timeout ends the connection"),
            both("CT-1", "pings are answered in order, also in the middle of messages"),
            both("CT-2", "a ping of at most 125 bytes completes with the round-trip time"),
            both("CT-3", "a peer that floods pings and doesn't read is bounded"),
            both("CT-4", "the heartbeat finds a dead peer: 1006 with the cause"),
            both("CL-1", "close doesn't block; the first call wins; what was queued leaves first"),
            both("CL-2", "each code that the role may send is sent; anything else is refused at the call"),
            both("CL-3", "the peer's Close is answered with its code; data behind it is ignored"),
            both("CL-4", "our Close is waited for, then dropped; a client lets the server end TCP"),
            both("CL-5", "after a violation: Close, end of output, and nothing more is processed"),
            both("CL-6", "abort drops TCP without a Close: 1006, local"),
            new Rule("CL-7", "a server's stop: 1001 to all, 503 to new ones, and a report", SERVER),
            both("CL-8", "reasons that Ferrule sends itself give nothing away"),
            new Rule("HS-1", "each request is checked, and refused with a fitting status", SERVER),
            new Rule("HS-2", "same origin by default, else by an exact list", SERVER),
            new Rule("HS-3", "the acceptor sees the request, and decides now or later, within the timeout", SERVER),
            both("HS-4", "a subprotocol is one of those offered, exactly as spelled"),
            new Rule(
                    "HS-5",
                    "a response is checked as the RFC says; a refusal is told with status, headers, body",
                    CLIENT),
            both("HS-6", "what the application puts into a handshake can't inject a line"),
            both("HS-7", "what comes in the same segment as the handshake is delivered"),
            both("HS-8", "a handshake that trickles or stays silent is gone after its timeout"),
            both("LM-1", "idle timeout and rate limits close with 1001 and 1008"),
            new Rule("LM-2", "connections in all and per address are limited: 503 with Retry-After", SERVER));

    private Rules() {}

    private static Rule both(String id, String promise) {
        return new Rule(id, promise, Set.of(Role.SERVER, Role.CLIENT));
    }
}
