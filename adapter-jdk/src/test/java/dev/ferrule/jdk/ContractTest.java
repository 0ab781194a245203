package dev.ferrule.jdk;

import dev.ferrule.testkit.contract.AdapterContract;

class ContractTest extends AdapterContract {
    @Override
    protected String adapter() {
        return "jdk";
    }
}
