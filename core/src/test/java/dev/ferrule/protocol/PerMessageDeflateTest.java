package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 7692-5, 7692-7: how a server and a client come to agree. */
class PerMessageDeflateTest {
    private static String answer(String offers, boolean takeover) {
        PerMessageDeflate agreed = PerMessageDeflate.accept(Extension.parse(List.of(offers)), takeover);
        return agreed == null ? "none" : agreed.response().toString().replaceFirst("^permessage-deflate(; )?", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                "permessage-deflate > ``",
                "permessage-deflate; server_no_context_takeover > server_no_context_takeover",
                "permessage-deflate; client_no_context_takeover > client_no_context_takeover",
                "permessage-deflate; server_max_window_bits=15 > server_max_window_bits=15",
                "permessage-deflate; server_max_window_bits=8 > server_max_window_bits=8",
                "permessage-deflate; server_max_window_bits=\"10\" > server_max_window_bits=10",
                "permessage-deflate; client_max_window_bits > ``",
                "permessage-deflate; client_max_window_bits=9 > ``",
                "permessage-deflate; client_max_window_bits=15; server_max_window_bits=12; client_no_context_takeover;"
                        + " server_no_context_takeover"
                        + " > server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12",
                "x-webkit-deflate-frame > none",
                "Permessage-Deflate > none"
            })
    @DisplayName("7692-7-1: with context takeover, a server answers with what was offered and no more")
    void serverWithTakeover(String offers, String response) {
        assertEquals(response, answer(offers, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "; server_no_context_takeover", "; client_no_context_takeover"})
    @DisplayName("7692-7.1.1: without context takeover, a server forbids it in both directions")
    void serverWithoutTakeover(String parameters) {
        assertEquals(
                "server_no_context_takeover; client_no_context_takeover",
                answer("permessage-deflate" + parameters, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo",
                "server_no_context_takeover=1",
                "server_no_context_takeover=true",
                "client_no_context_takeover=0",
                "server_no_context_takeover; server_no_context_takeover",
                "client_max_window_bits; client_max_window_bits=10",
                "server_max_window_bits",
                "server_max_window_bits=7",
                "server_max_window_bits=16",
                "server_max_window_bits=010",
                "server_max_window_bits=08",
                "server_max_window_bits=+9",
                "server_max_window_bits=0",
                "server_max_window_bits=-1",
                "server_max_window_bits=a",
                "server_max_window_bits=99999999999",
                "server_max_window_bits=10; server_max_window_bits=10",
                "client_max_window_bits=7",
                "client_max_window_bits=16",
                "client_max_window_bits=x",
                "Server_No_Context_Takeover"
            })
    @DisplayName(
            "7692-7-1: an offer with an unknown, duplicate or invalid parameter is declined, and the next one taken")
    void declined(String parameters) {
        String offer = "permessage-deflate; " + parameters;
        assertEquals("none", answer(offer, true));
        assertEquals("", answer(offer + ", permessage-deflate", true));
        assertEquals(
                "server_max_window_bits=9", answer(offer + ", permessage-deflate; server_max_window_bits=9", true));
    }

    @Test
    @DisplayName("7692-5-1: of several offers the first that is in order is taken, other extensions are passed over")
    void order() {
        assertEquals(
                "server_max_window_bits=11",
                answer(
                        "foo, permessage-deflate; bar, permessage-deflate; server_max_window_bits=11,"
                                + " permessage-deflate; server_max_window_bits=12, permessage-deflate",
                        true));
    }

    @Test
    @DisplayName("7692-7.1: what is agreed on says what each endpoint may do")
    void agreement() {
        PerMessageDeflate agreed = PerMessageDeflate.accept(
                Extension.parse(List.of("permessage-deflate; server_max_window_bits=9; client_no_context_takeover")),
                true);
        assertNotNull(agreed);
        assertEquals(9, agreed.maxWindowBits(Role.SERVER));
        assertEquals(15, agreed.maxWindowBits(Role.CLIENT));
        assertTrue(agreed.contextTakeover(Role.SERVER));
        assertEquals(false, agreed.contextTakeover(Role.CLIENT));
    }

    @Test
    @DisplayName("7692-7.1: a client offers any window, and to do without context takeover unless it is wanted")
    void offer() {
        assertEquals(
                "permessage-deflate; client_max_window_bits",
                PerMessageDeflate.offer(true).toString());
        assertEquals(
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover; client_max_window_bits",
                PerMessageDeflate.offer(false).toString());
    }

    private static PerMessageDeflate agreed(String response, boolean takeover) {
        return PerMessageDeflate.agreed(Extension.parse(List.of(response)), takeover);
    }

    @ParameterizedTest
    @CsvSource({
        "'', true, true, 15, 15",
        "; server_no_context_takeover, false, true, 15, 15",
        "; client_no_context_takeover, true, false, 15, 15",
        "; server_max_window_bits=8; client_max_window_bits=12, true, true, 8, 12",
        "; client_max_window_bits=15, true, true, 15, 15"
    })
    @DisplayName("7692-7-2: a client does as the answer says")
    void client(String parameters, boolean server, boolean client, int serverBits, int clientBits) {
        PerMessageDeflate agreed = agreed("permessage-deflate" + parameters, true);
        assertNotNull(agreed);
        assertEquals(server, agreed.contextTakeover(Role.SERVER));
        assertEquals(client, agreed.contextTakeover(Role.CLIENT));
        assertEquals(serverBits, agreed.maxWindowBits(Role.SERVER));
        assertEquals(clientBits, agreed.maxWindowBits(Role.CLIENT));
    }

    @Test
    @DisplayName("7692-7.1.1.2: a client that offered to do without context takeover does, whatever the answer")
    void clientKeepsItsWord() {
        PerMessageDeflate agreed = agreed("permessage-deflate; server_no_context_takeover", false);
        assertNotNull(agreed);
        assertEquals(false, agreed.contextTakeover(Role.CLIENT));
        assertNull(PerMessageDeflate.agreed(List.of(), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; foo",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=09",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate, permessage-deflate"
            })
    @DisplayName(
            "7692-7-2: a client fails on an answer with unknown, duplicate or invalid parameters, or on two answers")
    void refused(String response) {
        assertThrows(IllegalArgumentException.class, () -> agreed(response, true));
    }

    @Test
    @DisplayName("7692-7.1.1.1: a client fails on an answer that passes over its server_no_context_takeover")
    void passedOver() {
        assertThrows(IllegalArgumentException.class, () -> agreed("permessage-deflate", false));
    }
}
