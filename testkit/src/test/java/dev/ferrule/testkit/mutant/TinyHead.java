package dev.ferrule.testkit.mutant;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.HttpHead;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;

/** The opening handshake of both roles. */
record TinyHead(Flaws flaws) {
    private static final String EXTENSION = "[ \t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+([ \t]*;[ \t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+"
            + "(=([!#$%&'*+.^_`|~0-9A-Za-z-]+|\"[!#$%&'*+.^_`|~0-9A-Za-z-]+\"))?)*[ \t]*";

    /** Reads byte by byte, so that nothing behind the head is lost; unless that is the flaw. */
    HttpHead read(InputStream in) throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        while (HttpHead.length(Bytes.copyOf(seen.toByteArray())) == 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("no head");
            }
            seen.write(next);
            if (flaws.has(Flaw.HEAD_IN_ONE_READ) && in.available() == 0 && !ended(seen)) {
                throw new EOFException("head not in one read");
            }
        }
        if (flaws.has(Flaw.LOSES_EARLY_FRAMES) || flaws.has(Flaw.ANSWER_LOSES_EARLY_FRAMES)) {
            in.skipNBytes(in.available());
        }
        return HttpHead.parse(Bytes.copyOf(seen.toByteArray()));
    }

    private static boolean ended(ByteArrayOutputStream seen) {
        return HttpHead.length(Bytes.copyOf(seen.toByteArray())) > 0;
    }

    /** The status that refuses the request, or 101. */
    int judge(HttpHead request) {
        if (flaws.has(Flaw.SHORT_LINES_ONLY)
                && request.fields().lines().stream()
                        .anyMatch(field -> field.value().length() > 1000)) {
            return 431;
        }
        if (!request.problems().isEmpty() || !line(request.startLine()) || !host(request)) {
            return 400;
        }
        boolean upgrade = flaws.has(Flaw.NAMES_WITH_CASE)
                ? request.fields().lines().stream()
                        .anyMatch(field -> field.name().equals("Upgrade"))
                : upgrade(request.fields().elements("Upgrade"), request.fields().all("Upgrade"));
        if (!upgrade || !connection(request)) {
            return 400;
        }
        List<String> versions = request.fields().all("Sec-WebSocket-Version");
        if (!version(versions)) {
            return versions.size() == 1 && versions.get(0).matches("[0-9]+") ? 426 : 400;
        }
        return key(request) && subprotocols(request) && extensions(request) ? 101 : 400;
    }

    private boolean line(String line) {
        String[] words = line.split(" ", -1);
        return words.length == 3
                && (flaws.has(Flaw.ANY_METHOD) || words[0].equals("GET"))
                && (flaws.has(Flaw.ANY_HTTP_VERSION) || words[2].equals("HTTP/1.1"))
                && target(words[1]);
    }

    private boolean target(String target) {
        if (flaws.has(Flaw.ANY_TARGET)) {
            return true;
        }
        boolean absolute = target.startsWith("http://") && !flaws.has(Flaw.NO_ABSOLUTE_TARGET);
        return (absolute || target.startsWith("/")) && !target.contains("#");
    }

    private boolean host(HttpHead request) {
        List<String> hosts = request.fields().all("Host");
        boolean number = hosts.size() == 1 || (flaws.has(Flaw.SEVERAL_HOSTS) && hosts.size() > 1);
        return flaws.has(Flaw.NO_HOST_CHECK) || (number && hosts.get(0).matches("[A-Za-z0-9.-]+(:[0-9]+)?"));
    }

    private boolean upgrade(List<String> elements, List<String> lines) {
        if (flaws.has(Flaw.UPGRADE_BY_PREFIX)) {
            return elements.stream()
                    .anyMatch(element ->
                            element.toLowerCase(java.util.Locale.ROOT).startsWith("websocket"));
        }
        if (flaws.has(Flaw.UPGRADE_NO_LIST)) {
            return lines.size() == 1 && lines.get(0).equalsIgnoreCase("websocket");
        }
        return elements.stream()
                .anyMatch(element -> flaws.has(Flaw.UPGRADE_WITH_CASE)
                        ? element.equals("websocket")
                        : element.equalsIgnoreCase("websocket"));
    }

    private boolean connection(HttpHead request) {
        if (flaws.has(Flaw.CONNECTION_BY_SUBSTRING)) {
            return request.fields().all("Connection").toString().contains("pgrade");
        }
        if (flaws.has(Flaw.CONNECTION_NO_LIST)) {
            return request.fields().all("Connection").stream().anyMatch("Upgrade"::equalsIgnoreCase);
        }
        return flaws.has(Flaw.NO_CONNECTION_CHECK) || request.fields().hasToken("Connection", "Upgrade");
    }

    private boolean version(List<String> versions) {
        if (flaws.has(Flaw.VERSION_AS_NUMBER)) {
            return versions.size() == 1 && versions.get(0).matches("\\+?0*13");
        }
        boolean several = flaws.has(Flaw.SEVERAL_VERSIONS) && versions.contains("13");
        return flaws.has(Flaw.NO_VERSION_CHECK) || several || versions.equals(List.of("13"));
    }

    private boolean key(HttpHead request) {
        List<String> keys = request.fields().all("Sec-WebSocket-Key");
        if (flaws.has(Flaw.NO_KEY_CHECK)) {
            return true;
        }
        if (keys.isEmpty() || (keys.size() > 1 && !flaws.has(Flaw.SEVERAL_KEYS))) {
            return false;
        }
        try {
            byte[] nonce = Base64.getDecoder().decode(keys.get(0));
            return keys.get(0).endsWith("=") && (flaws.has(Flaw.KEY_OF_ANY_LENGTH) || nonce.length == 16);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean subprotocols(HttpHead request) {
        List<String> lines = request.fields().all("Sec-WebSocket-Protocol");
        List<String> offered = request.fields().elements("Sec-WebSocket-Protocol");
        boolean unique = flaws.has(Flaw.EQUAL_SUBPROTOCOLS) || new HashSet<>(offered).size() == offered.size();
        return (lines.isEmpty() || !offered.isEmpty())
                && unique
                && offered.stream().allMatch(HttpHead::isToken);
    }

    private boolean extensions(HttpHead request) {
        List<String> lines = request.fields().all("Sec-WebSocket-Extensions");
        return flaws.has(Flaw.MALFORMED_EXTENSIONS)
                || lines.stream()
                        .flatMap(line -> Arrays.stream(line.split(",", -1)))
                        .allMatch(one -> one.matches(EXTENSION));
    }
}
