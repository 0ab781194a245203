package dev.ferrule.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ferrule.spi.AdapterProvider;
import dev.ferrule.testkit.contract.ContractTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The page of the contract is what the adapters declare, and what their ContractTest has checked. */
final class ContractTableTest {
    private static final String UPDATE = "ferrule.contract.update";

    private static final String INTRODUCTION = """
            # The contract

            What Ferrule promises an application, on each adapter. The table is generated from what the adapters declare, by
            `ContractTableTest`; that it is true is checked over real sockets by the `ContractTest` of each adapter, a test per
            check: what is kept must hold, and what is declared impossible must not.

            """;

    @Test
    void the_page_of_the_contract_is_what_the_adapters_declare() throws IOException {
        List<AdapterProvider> adapters = ServiceLoader.load(AdapterProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        assertEquals(4, adapters.size());
        String page = INTRODUCTION + ContractTable.of(adapters);
        Path file = PublishedModule.root().resolve("docs/contract.md");
        if (System.getProperty(UPDATE) != null) {
            Files.writeString(file, page);
            return;
        }
        assertEquals(page, Files.readString(file), "rewrite docs/contract.md with -D" + UPDATE);
    }
}
