package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.run.KnownDeviation;
import dev.ferrule.testkit.run.Profile;
import dev.ferrule.testkit.wire.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of declared failures, one per line: {@code id | reason | link | expiry}, and {@code | at times} behind it for
 * one
 * that may pass, too. The id may have {@code *} in it, the expiry is a date or {@code never}; lines that begin with
 * {@code #} are comments.
 */
final class KnownFile {
    private KnownFile() {}

    static List<KnownDeviation> read(Path file, Role role, MessageLimit limit) throws UsageException, IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file);
        }
        List<String> ids = new ArrayList<>();
        Profile.NIGHTLY.plan(role, limit, 1, id -> !ids.add(id));
        List<KnownDeviation> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String place = file + ":" + (i + 1) + ": ";
            KnownDeviation known = parse(place, line);
            if (ids.stream().noneMatch(known::covers)) {
                throw new UsageException(place + "no scenario has the id " + known.scenario());
            }
            all.add(known);
        }
        return all;
    }

    private static KnownDeviation parse(String place, String line) throws UsageException {
        String[] cells = line.split("\\s*\\|\\s*", -1);
        boolean atTimes = cells.length == 5 && cells[4].equals("at times");
        if (cells.length != 4 && !atTimes) {
            throw new UsageException(place + "should be: id | reason | link | expiry, and perhaps | at times");
        }
        if (cells[1].isEmpty()) {
            throw new UsageException(place + "no reason is given");
        }
        try {
            LocalDate expiry = cells[3].equals("never") ? LocalDate.MAX : LocalDate.parse(cells[3]);
            return new KnownDeviation(cells[0], cells[1], cells[2], expiry, !atTimes);
        } catch (DateTimeParseException e) {
            throw new UsageException(place + "expiry is '" + cells[3] + "', a date like 2027-01-31 or never is needed");
        }
    }
}
