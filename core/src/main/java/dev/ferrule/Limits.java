package dev.ferrule;

import java.time.Duration;

/**
 * The bounds within which connections live: the same on every adapter. None of them is without an end but those that are
 * off by default, for which zero means off.
 *
 * @param messageBytes how long a received message may be; one byte more fails with 1009. 64 KiB by default
 * @param frameBytes how long the payload of a received frame may be, announced or arrived; more fails with 1009. 64 KiB
 * @param fragments how many frames a received message may consist of; more fails with 1008. 1,024
 * @param queueMessages how many messages may wait to be sent. 1,024
 * @param queueBytes how many bytes of messages may wait to be sent. 1 MiB
 * @param handshakeTimeout how long an opening handshake may take in all, on either role. 10 s
 * @param closeTimeout how long to wait for the peer's Close frame after sending ours. 5 s
 * @param writeTimeout how long a write may make no progress. 10 s
 * @param heartbeatInterval a Ping is sent after this much silence of the peer. 25 s
 * @param heartbeatTimeout how long any byte may take to come back after that Ping. 10 s
 * @param requestHeadBytes how long the head of a request (on a client: of a response) may be. 16 KiB
 * @param requestHeadFields how many header fields it may have. 100
 * @param controlFramesPerSecond how many control frames a peer may send, in the long run; more fails with 1008. 50
 * @param controlFrameBurst how many it may send at once. 300
 * @param connections how many connections a server holds; further handshakes are refused with 503. 10,000
 * @param idleTimeout how long a connection may go without a message in either direction; then it is closed with 1001. Off by
 *     default: a peer that is dead is found by the heartbeat
 * @param messagesPerSecond how many messages a peer may send in a second; more fails with 1008. Off
 * @param bytesPerSecond how many bytes of messages a peer may send in a second; more fails with 1008. Off
 * @param connectionsPerAddress how many connections a server holds from one remote address; further handshakes are refused
 *     with 503. Off, since behind a proxy all come from one
 */
public record Limits(
        int messageBytes,
        int frameBytes,
        int fragments,
        int queueMessages,
        long queueBytes,
        Duration handshakeTimeout,
        Duration closeTimeout,
        Duration writeTimeout,
        Duration heartbeatInterval,
        Duration heartbeatTimeout,
        int requestHeadBytes,
        int requestHeadFields,
        int controlFramesPerSecond,
        int controlFrameBurst,
        int connections,
        Duration idleTimeout,
        int messagesPerSecond,
        long bytesPerSecond,
        int connectionsPerAddress) {
    /** What holds where nothing else was chosen. */
    public static final Limits DEFAULTS = new Limits(
            64 << 10,
            64 << 10,
            1024,
            1024,
            1 << 20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(25),
            Duration.ofSeconds(10),
            16 << 10,
            100,
            50,
            300,
            10_000,
            Duration.ZERO,
            0,
            0,
            0);

    /**
     * Checks each bound.
     *
     * @param messageBytes as above
     * @param frameBytes as above
     * @param fragments as above
     * @param queueMessages as above
     * @param queueBytes as above
     * @param handshakeTimeout as above
     * @param closeTimeout as above
     * @param writeTimeout as above
     * @param heartbeatInterval as above
     * @param heartbeatTimeout as above
     * @param requestHeadBytes as above
     * @param requestHeadFields as above
     * @param controlFramesPerSecond as above
     * @param controlFrameBurst as above
     * @param connections as above
     * @param idleTimeout as above
     * @param messagesPerSecond as above
     * @param bytesPerSecond as above
     * @param connectionsPerAddress as above
     * @throws IllegalArgumentException if one is not positive, or negative where zero means off
     */
    public Limits {
        positive("messageBytes", messageBytes);
        positive("frameBytes", frameBytes);
        positive("fragments", fragments);
        positive("queueMessages", queueMessages);
        positive("queueBytes", queueBytes);
        positive("handshakeTimeout", handshakeTimeout);
        positive("closeTimeout", closeTimeout);
        positive("writeTimeout", writeTimeout);
        positive("heartbeatInterval", heartbeatInterval);
        positive("heartbeatTimeout", heartbeatTimeout);
        positive("requestHeadBytes", requestHeadBytes);
        positive("requestHeadFields", requestHeadFields);
        positive("controlFramesPerSecond", controlFramesPerSecond);
        positive("controlFrameBurst", controlFrameBurst);
        positive("connections", connections);
        if (!idleTimeout.isZero()) {
            positive("idleTimeout", idleTimeout);
        }
        notNegative("messagesPerSecond", messagesPerSecond);
        notNegative("bytesPerSecond", bytesPerSecond);
        notNegative("connectionsPerAddress", connectionsPerAddress);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be positive");
        }
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be positive, or 0 for off");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be positive and at most a day");
        }
    }

    /**
     * A builder that begins with {@link #DEFAULTS}.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return DEFAULTS.toBuilder();
    }

    /**
     * A builder that begins with these limits.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Changes some limits and keeps the others; for one thread. Each method is named as the limit that it sets. */
    public static final class Builder {
        private int messageBytes;
        private int frameBytes;
        private int fragments;
        private int queueMessages;
        private long queueBytes;
        private Duration handshakeTimeout;
        private Duration closeTimeout;
        private Duration writeTimeout;
        private Duration heartbeatInterval;
        private Duration heartbeatTimeout;
        private int requestHeadBytes;
        private int requestHeadFields;
        private int controlFramesPerSecond;
        private int controlFrameBurst;
        private int connections;
        private Duration idleTimeout;
        private int messagesPerSecond;
        private long bytesPerSecond;
        private int connectionsPerAddress;

        private Builder(Limits from) {
            this.messageBytes = from.messageBytes;
            this.frameBytes = from.frameBytes;
            this.fragments = from.fragments;
            this.queueMessages = from.queueMessages;
            this.queueBytes = from.queueBytes;
            this.handshakeTimeout = from.handshakeTimeout;
            this.closeTimeout = from.closeTimeout;
            this.writeTimeout = from.writeTimeout;
            this.heartbeatInterval = from.heartbeatInterval;
            this.heartbeatTimeout = from.heartbeatTimeout;
            this.requestHeadBytes = from.requestHeadBytes;
            this.requestHeadFields = from.requestHeadFields;
            this.controlFramesPerSecond = from.controlFramesPerSecond;
            this.controlFrameBurst = from.controlFrameBurst;
            this.connections = from.connections;
            this.idleTimeout = from.idleTimeout;
            this.messagesPerSecond = from.messagesPerSecond;
            this.bytesPerSecond = from.bytesPerSecond;
            this.connectionsPerAddress = from.connectionsPerAddress;
        }

        /**
         * Sets {@link Limits#messageBytes()}.
         *
         * @param messageBytes the new limit, positive
         * @return this builder
         */
        public Builder messageBytes(int messageBytes) {
            this.messageBytes = messageBytes;
            return this;
        }

        /**
         * Sets {@link Limits#frameBytes()}.
         *
         * @param frameBytes the new limit, positive
         * @return this builder
         */
        public Builder frameBytes(int frameBytes) {
            this.frameBytes = frameBytes;
            return this;
        }

        /**
         * Sets {@link Limits#fragments()}.
         *
         * @param fragments the new limit, positive
         * @return this builder
         */
        public Builder fragments(int fragments) {
            this.fragments = fragments;
            return this;
        }

        /**
         * Sets {@link Limits#queueMessages()}.
         *
         * @param queueMessages the new limit, positive
         * @return this builder
         */
        public Builder queueMessages(int queueMessages) {
            this.queueMessages = queueMessages;
            return this;
        }

        /**
         * Sets {@link Limits#queueBytes()}.
         *
         * @param queueBytes the new limit, positive
         * @return this builder
         */
        public Builder queueBytes(long queueBytes) {
            this.queueBytes = queueBytes;
            return this;
        }

        /**
         * Sets {@link Limits#handshakeTimeout()}.
         *
         * @param handshakeTimeout the new limit, positive
         * @return this builder
         */
        public Builder handshakeTimeout(Duration handshakeTimeout) {
            this.handshakeTimeout = handshakeTimeout;
            return this;
        }

        /**
         * Sets {@link Limits#closeTimeout()}.
         *
         * @param closeTimeout the new limit, positive
         * @return this builder
         */
        public Builder closeTimeout(Duration closeTimeout) {
            this.closeTimeout = closeTimeout;
            return this;
        }

        /**
         * Sets {@link Limits#writeTimeout()}.
         *
         * @param writeTimeout the new limit, positive
         * @return this builder
         */
        public Builder writeTimeout(Duration writeTimeout) {
            this.writeTimeout = writeTimeout;
            return this;
        }

        /**
         * Sets {@link Limits#heartbeatInterval()}.
         *
         * @param heartbeatInterval the new limit, positive
         * @return this builder
         */
        public Builder heartbeatInterval(Duration heartbeatInterval) {
            this.heartbeatInterval = heartbeatInterval;
            return this;
        }

        /**
         * Sets {@link Limits#heartbeatTimeout()}.
         *
         * @param heartbeatTimeout the new limit, positive
         * @return this builder
         */
        public Builder heartbeatTimeout(Duration heartbeatTimeout) {
            this.heartbeatTimeout = heartbeatTimeout;
            return this;
        }

        /**
         * Sets {@link Limits#requestHeadBytes()}.
         *
         * @param requestHeadBytes the new limit, positive
         * @return this builder
         */
        public Builder requestHeadBytes(int requestHeadBytes) {
            this.requestHeadBytes = requestHeadBytes;
            return this;
        }

        /**
         * Sets {@link Limits#requestHeadFields()}.
         *
         * @param requestHeadFields the new limit, positive
         * @return this builder
         */
        public Builder requestHeadFields(int requestHeadFields) {
            this.requestHeadFields = requestHeadFields;
            return this;
        }

        /**
         * Sets {@link Limits#controlFramesPerSecond()}.
         *
         * @param controlFramesPerSecond the new limit, positive
         * @return this builder
         */
        public Builder controlFramesPerSecond(int controlFramesPerSecond) {
            this.controlFramesPerSecond = controlFramesPerSecond;
            return this;
        }

        /**
         * Sets {@link Limits#controlFrameBurst()}.
         *
         * @param controlFrameBurst the new limit, positive
         * @return this builder
         */
        public Builder controlFrameBurst(int controlFrameBurst) {
            this.controlFrameBurst = controlFrameBurst;
            return this;
        }

        /**
         * Sets {@link Limits#connections()}.
         *
         * @param connections the new limit, positive
         * @return this builder
         */
        public Builder connections(int connections) {
            this.connections = connections;
            return this;
        }

        /**
         * Sets {@link Limits#idleTimeout()}.
         *
         * @param idleTimeout the new limit, positive, or zero for off
         * @return this builder
         */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
            return this;
        }

        /**
         * Sets {@link Limits#messagesPerSecond()}.
         *
         * @param messagesPerSecond the new limit, positive, or zero for off
         * @return this builder
         */
        public Builder messagesPerSecond(int messagesPerSecond) {
            this.messagesPerSecond = messagesPerSecond;
            return this;
        }

        /**
         * Sets {@link Limits#bytesPerSecond()}.
         *
         * @param bytesPerSecond the new limit, positive, or zero for off
         * @return this builder
         */
        public Builder bytesPerSecond(long bytesPerSecond) {
            this.bytesPerSecond = bytesPerSecond;
            return this;
        }

        /**
         * Sets {@link Limits#connectionsPerAddress()}.
         *
         * @param connectionsPerAddress the new limit, positive, or zero for off
         * @return this builder
         */
        public Builder connectionsPerAddress(int connectionsPerAddress) {
            this.connectionsPerAddress = connectionsPerAddress;
            return this;
        }

        /**
         * The limits.
         *
         * @return a new record
         * @throws IllegalArgumentException if one is not positive, or negative where zero means off
         */
        public Limits build() {
            return new Limits(
                    messageBytes,
                    frameBytes,
                    fragments,
                    queueMessages,
                    queueBytes,
                    handshakeTimeout,
                    closeTimeout,
                    writeTimeout,
                    heartbeatInterval,
                    heartbeatTimeout,
                    requestHeadBytes,
                    requestHeadFields,
                    controlFramesPerSecond,
                    controlFrameBurst,
                    connections,
                    idleTimeout,
                    messagesPerSecond,
                    bytesPerSecond,
                    connectionsPerAddress);
        }
    }
}
