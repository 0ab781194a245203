package dev.ferrule.testkit.scenario;

import java.util.Locale;

/** Ids out of words, so that each scenario says once what it is. */
final class Names {
    private Names() {}

    /** The requirement, a slash, and the words with dashes between them. */
    static String id(String requirement, String what) {
        String words = what.replaceAll("[^A-Za-z0-9.+]+", "-").replaceAll("^-|-$", "");
        return requirement + "/" + words.toLowerCase(Locale.ROOT);
    }
}
