package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandshakeKeyTest {
    @Test
    void the_sample_of_section_1_3_has_its_answer() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", HandshakeKey.accept("dGhlIHNhbXBsZSBub25jZQ=="));
    }

    @Test
    void the_key_is_hashed_as_spelled_and_not_as_decoded() {
        assertTrue(!HandshakeKey.accept("AQIDBAUGBwgJCgsMDQ4PEC==")
                .equals(HandshakeKey.accept("AQIDBAUGBwgJCgsMDQ4PEA==")));
    }

    @Test
    void keys_are_16_bytes_of_canonical_base64_and_all_different() {
        SecureRandom random = new SecureRandom();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            String key = HandshakeKey.random(random);
            assertEquals(16, Base64.getDecoder().decode(key).length);
            assertTrue(key.matches("[A-Za-z0-9+/]{21}[AQgw]=="), key);
            assertNull(HandshakeKey.fault(key));
            keys.add(key);
        }
        assertEquals(200, keys.size());
    }

    @Test
    void every_length_but_24_characters_is_a_fault() {
        for (int length = 0; length < 64; length++) {
            for (int padding = 0; padding < 4; padding++) {
                String key = "A".repeat(length) + "=".repeat(padding);
                assertEquals(length == 22 && padding == 2, HandshakeKey.fault(key) == null, key);
            }
        }
    }

    @Test
    void every_character_outside_of_the_alphabet_is_a_fault() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (char c = 0; c < 0x3000; c++) {
            String fault = HandshakeKey.fault("AAAA" + c + "AAAAAAAAAAAAAAAAA==");
            if (alphabet.indexOf(c) >= 0) {
                assertNull(fault);
            } else {
                assertNotNull(fault);
            }
        }
    }
}
