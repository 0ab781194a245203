package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.run.Access;
import dev.ferrule.testkit.run.KnownDeviation;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.run.Profile;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.Role;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes peers and plans out of options. */
final class Setup {
    static final List<Option> PEER = List.of(
            Option.STRICT, Option.PATIENCE, Option.JOBS, Option.MAX_MESSAGE, Option.LACKS, Option.KNOWN, Option.NAME);
    static final List<Option> ACCESS = List.of(Option.HEADER, Option.SUBPROTOCOL, Option.TLS_INSECURE);

    private static final int LARGEST = 1 << 30;

    private Setup() {}

    /** Several lists of options as one. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static List<Option> options(List<Option>... lists) {
        return java.util.Arrays.stream(lists).flatMap(List::stream).toList();
    }

    static URI url(String text) throws UsageException {
        try {
            URI uri = URI.create(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("ws") || scheme.equals("wss")) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // The sentence below says it better.
        }
        throw new UsageException("'" + text + "' is no URL like ws://127.0.0.1:8080/echo");
    }

    static Peer peer(Arguments arguments, String name, Role role) throws UsageException, java.io.IOException {
        Peer peer = Peer.named(arguments.text(Option.NAME).orElse(name))
                .waiting(arguments.time(Option.PATIENCE, Duration.ofSeconds(5)))
                .running((int) arguments.number(Option.JOBS, 8, 1, 256));
        if (arguments.has(Option.STRICT)) {
            peer = peer.strictly();
        }
        if (arguments.has(Option.MAX_MESSAGE)) {
            peer = peer.limitedTo(MessageLimit.exactly(arguments.number(Option.MAX_MESSAGE, 0, 1, LARGEST)));
        }
        Set<Capability> lacks = EnumSet.noneOf(Capability.class);
        lacks.addAll(peer.lacks());
        for (String lack : arguments.all(Option.LACKS)) {
            lacks.add(Arguments.constant(Option.LACKS, Capability.class, lack));
        }
        peer = peer.lacking(lacks);
        if (arguments.has(Option.KNOWN)) {
            Path file = Path.of(arguments.text(Option.KNOWN).orElseThrow());
            for (KnownDeviation known : KnownFile.read(file, role, peer.limit())) {
                peer = peer.knownToFail(known);
            }
        }
        return peer;
    }

    /** A server as the options of access describe it. */
    static Peer reached(Peer peer, Arguments arguments) throws UsageException {
        Fields headers = Fields.of();
        for (String line : arguments.all(Option.HEADER)) {
            String[] parts = line.split(":", 2);
            if (parts.length < 2 || !HttpHead.isToken(parts[0]) || line.contains("\n") || line.contains("\r")) {
                throw new UsageException("--header is '" + line + "', something like 'Name: value' is needed");
            }
            headers = headers.plus(parts[0], parts[1].strip());
        }
        String subprotocols = arguments.text(Option.SUBPROTOCOL).orElse("");
        return peer.reachedBy(new Access(headers, subprotocols, arguments.has(Option.TLS_INSECURE)));
    }

    static List<Scenario> plan(Arguments arguments, Role role, MessageLimit limit) throws UsageException {
        Profile profile = arguments.choice(Option.PROFILE, Profile.class, Profile.FULL);
        List<Pattern> globs =
                arguments.all(Option.ONLY).stream().map(KnownDeviation::pattern).toList();
        List<Scenario> plan = profile.plan(
                role,
                limit,
                seed(arguments),
                id -> globs.isEmpty()
                        || globs.stream().anyMatch(glob -> glob.matcher(id).matches()));
        if (plan.isEmpty()) {
            throw new UsageException("no scenario of the profile " + Command.word(profile) + " fits "
                    + String.join(" ", arguments.all(Option.ONLY)));
        }
        return plan;
    }

    static long seed(Arguments arguments) throws UsageException {
        return arguments.number(Option.SEED, 1, Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
