package dev.ferrule.bench.load;

import java.util.HexFormat;

/** Bytes as literals. */
final class Bytes {
    private Bytes() {}

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
