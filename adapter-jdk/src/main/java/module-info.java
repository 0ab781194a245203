/** A client on the WebSocket of the JDK. */
module dev.ferrule.jdk {
    requires dev.ferrule;
    requires java.net.http;
    requires static org.jspecify;

    provides dev.ferrule.spi.AdapterProvider with
            dev.ferrule.jdk.Provider;
}
