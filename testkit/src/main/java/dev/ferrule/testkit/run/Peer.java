package dev.ferrule.testkit.run;

import dev.ferrule.testkit.model.Allowance;
import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of an endpoint under test, and how to treat it.
 *
 * @param name its name in reports
 * @param lacks what it is declared not to be able to
 * @param limit the size of messages that it accepts
 * @param known declared failures
 * @param strict whether a broken SHOULD, and what is only tolerated, fails
 * @param patience the one time to wait for anything; a passing scenario never waits for it
 * @param jobs how many scenarios run at once, those that only wait not counted
 * @param access what a server asks of everybody
 * @param compresses whether it agrees to permessage-deflate; scenarios of that are skipped if not
 */
public record Peer(
        String name,
        Set<Capability> lacks,
        MessageLimit limit,
        List<KnownDeviation> known,
        boolean strict,
        Duration patience,
        int jobs,
        Access access,
        boolean compresses) {
    /** Copies the collections. */
    public Peer {
        lacks = Set.copyOf(lacks);
        known = List.copyOf(known);
    }

    /**
     * An endpoint of which nothing is known but that it echoes messages of at least 64 KiB.
     *
     * @param name its name in reports
     * @return a peer that may serve any path for any origin
     */
    public static Peer named(String name) {
        Set<Capability> usual = EnumSet.of(Capability.ORIGIN_POLICY, Capability.PATHS);
        return new Peer(
                name,
                usual,
                MessageLimit.atLeast(65_536),
                List.of(),
                false,
                Duration.ofSeconds(5),
                8,
                Access.OPEN,
                false);
    }

    /**
     * Declares exactly what it can't do.
     *
     * @param capabilities what it lacks, nothing else
     * @return the changed copy
     */
    public Peer lacking(Set<Capability> capabilities) {
        return new Peer(name, capabilities, limit, known, strict, patience, jobs, access, compresses);
    }

    /**
     * Says how large messages may be.
     *
     * @param value the limit
     * @return the changed copy
     */
    public Peer limitedTo(MessageLimit value) {
        return new Peer(name, lacks, value, known, strict, patience, jobs, access, compresses);
    }

    /**
     * Declares one more failure.
     *
     * @param scenario the id of the scenario; a {@code *} stands for any characters
     * @param reason why it fails
     * @return the changed copy
     */
    public Peer knownToFail(String scenario, String reason) {
        return knownToFail(new KnownDeviation(scenario, reason, true));
    }

    /**
     * Declares one more failure that comes and goes.
     *
     * @param scenario the id of the scenario; a {@code *} stands for any characters
     * @param reason why it fails at times
     * @return the changed copy
     */
    public Peer knownToFailAtTimes(String scenario, String reason) {
        return knownToFail(new KnownDeviation(scenario, reason, false));
    }

    /**
     * Declares one more failure, with all that is known of it.
     *
     * @param deviation the failure
     * @return the changed copy
     */
    public Peer knownToFail(KnownDeviation deviation) {
        List<KnownDeviation> more = new ArrayList<>(known);
        more.add(deviation);
        return new Peer(name, lacks, limit, more, strict, patience, jobs, access, compresses);
    }

    /**
     * Makes a broken SHOULD a failure.
     *
     * @return the changed copy
     */
    public Peer strictly() {
        return new Peer(name, lacks, limit, known, true, patience, jobs, access, compresses);
    }

    /**
     * Sets the one time to wait for anything.
     *
     * @param value the patience
     * @return the changed copy
     */
    public Peer waiting(Duration value) {
        return new Peer(name, lacks, limit, known, strict, value, jobs, access, compresses);
    }

    /**
     * Sets how many scenarios run at once.
     *
     * @param value how many
     * @return the changed copy
     */
    public Peer running(int value) {
        return new Peer(name, lacks, limit, known, strict, patience, value, access, compresses);
    }

    /**
     * Sets what a server asks of everybody.
     *
     * @param value what it asks
     * @return the changed copy
     */
    public Peer reachedBy(Access value) {
        return new Peer(name, lacks, limit, known, strict, patience, jobs, value, compresses);
    }

    /**
     * Says that it agrees to permessage-deflate.
     *
     * @return the changed copy
     */
    public Peer compressing() {
        return new Peer(name, lacks, limit, known, strict, patience, jobs, access, true);
    }

    /** What the judge leaves out of account. */
    Allowance allowance() {
        return new Allowance(lacks.contains(Capability.FAILURE_CODES), lacks.contains(Capability.REPLY_CODES));
    }

    /** Why the scenario makes no sense for this peer, if it doesn't. */
    Optional<String> skips(Scenario scenario) {
        if (scenario.size() > limit.bytes()) {
            return Optional.of("messages of " + scenario.size() + " bytes are over its limit");
        }
        if (scenario.needs().contains(Capability.DEFLATE) && !compresses) {
            return Optional.of("does not agree to permessage-deflate");
        }
        return scenario.needs().stream()
                .filter(lacks::contains)
                .findFirst()
                .map(capability -> "declared to lack " + capability);
    }

    /** The declaration that speaks of the scenario, if there is one. */
    Optional<KnownDeviation> declared(Scenario scenario) {
        return known.stream().filter(one -> one.covers(scenario.id())).findFirst();
    }
}
