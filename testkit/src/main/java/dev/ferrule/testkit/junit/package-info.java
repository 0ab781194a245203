/**
 * The kit in JUnit. An adapter's author extends {@link dev.ferrule.testkit.junit.ServerConformance} or
 * {@link dev.ferrule.testkit.junit.ClientConformance} and says the adapter's name:
 *
 * <pre>{@code
 * class JettyServerConformanceTest extends ServerConformance {
 *     protected String adapter() {
 *         return "jetty";
 *     }
 * }
 * }</pre>
 *
 * <p>Each scenario is a test whose name is the sentence of the requirement; generated scenarios are jqwik properties of
 * the same class. An adapter that can't do something says so in one place, {@code peer()}.
 */
@NullMarked
package dev.ferrule.testkit.junit;

import org.jspecify.annotations.NullMarked;
