/** A client on the WebSocket of the JDK. */
module dev.ferrule.jdk {
    requires transitive dev.ferrule;
    requires java.net.http;
    requires static org.jspecify;

    exports dev.ferrule.jdk;

    provides dev.ferrule.spi.AdapterProvider with
            dev.ferrule.jdk.Provider;
}
