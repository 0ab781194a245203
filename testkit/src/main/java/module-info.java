/** The conformance kit: a wire peer, scenarios, a reference model, a runner, and base classes for JUnit. */
module dev.ferrule.testkit {
    requires dev.ferrule;
    requires jdk.management;
    requires transitive net.jqwik.api;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    // JUnit and jqwik call the inherited tests, which are protected, by reflection.
    opens dev.ferrule.testkit.contract;
    opens dev.ferrule.testkit.junit;

    exports dev.ferrule.testkit.cli;
    exports dev.ferrule.testkit.contract;
    exports dev.ferrule.testkit.deflate;
    exports dev.ferrule.testkit.junit;
    exports dev.ferrule.testkit.model;
    exports dev.ferrule.testkit.property;
    exports dev.ferrule.testkit.report;
    exports dev.ferrule.testkit.run;
    exports dev.ferrule.testkit.scenario;
    exports dev.ferrule.testkit.wire;
}
