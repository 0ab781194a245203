package dev.ferrule.undertow;

import dev.ferrule.testkit.contract.AdapterContract;

class ContractTest extends AdapterContract {
    @Override
    protected String adapter() {
        return "undertow";
    }
}
