/** Ferrule on Jetty. */
module dev.ferrule.jetty {
    requires transitive dev.ferrule;
    requires transitive org.eclipse.jetty.server;
    requires org.eclipse.jetty.websocket.core.client;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.ferrule.jetty;

    provides dev.ferrule.spi.AdapterProvider with
            dev.ferrule.jetty.Provider;
}
