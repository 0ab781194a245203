package dev.ferrule.undertow;

import dev.ferrule.testkit.junit.ServerConformance;

class ServerConformanceTest extends ServerConformance {
    @Override
    protected String adapter() {
        return "undertow";
    }
}
