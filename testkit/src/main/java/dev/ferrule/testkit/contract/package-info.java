/**
 * The promises of Ferrule to applications, each with an id, and what checks them on an adapter: over real sockets, from the
 * kit's raw peer on one side and an application's endpoint on the other. {@link dev.ferrule.testkit.contract.AdapterContract}
 * is the base class of an adapter's test.
 */
@NullMarked
package dev.ferrule.testkit.contract;

import org.jspecify.annotations.NullMarked;
