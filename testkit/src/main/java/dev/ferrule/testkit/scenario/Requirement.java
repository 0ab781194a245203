package dev.ferrule.testkit.scenario;

/**
 * A rule of a standard.
 *
 * @param id RFC, section and number
 * @param chapter the chapter of the report
 * @param side whom it binds
 * @param level how binding it is
 * @param sentence what it says
 * @param untested why it has no scenario, or empty
 */
public record Requirement(String id, String chapter, Side side, Level level, String sentence, String untested) {
    /** {@return the RFC and the section that state it} */
    public String section() {
        if (id.equals("6455-err3150")) {
            return "RFC 6455 erratum 3150";
        }
        String[] parts = id.split("-", 3);
        return Character.isDigit(parts[1].charAt(0)) ? "RFC " + parts[0] + " section " + parts[1] : "no section";
    }
}
