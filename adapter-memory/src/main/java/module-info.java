/** Ferrule in memory. */
module dev.ferrule.memory {
    requires transitive dev.ferrule;
    requires static org.jspecify;

    exports dev.ferrule.memory;

    provides dev.ferrule.spi.AdapterProvider with
            dev.ferrule.memory.Provider;
}
