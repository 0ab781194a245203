/** The API of Ferrule, the protocol of RFC 6455, and the SPI for adapters. */
module dev.ferrule {
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.ferrule;
    exports dev.ferrule.protocol;
    exports dev.ferrule.spi;

    uses dev.ferrule.spi.AdapterProvider;
}
