package dev.ferrule.jetty;

import dev.ferrule.testkit.contract.AdapterContract;

class ContractTest extends AdapterContract {
    @Override
    protected String adapter() {
        return "jetty";
    }
}
