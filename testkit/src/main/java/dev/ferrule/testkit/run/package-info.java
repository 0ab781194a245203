/**
 * Runs scenarios against an endpoint and says what came of it.
 *
 * <p>{@link dev.ferrule.testkit.run.ConformanceRun} takes a URL for a server, or a
 * {@link dev.ferrule.testkit.run.ClientDriver} for a client, and a {@link dev.ferrule.testkit.run.Peer} that says what
 * is
 * known of it. It returns a {@link dev.ferrule.testkit.run.Report} with one
 * {@link dev.ferrule.testkit.run.Result} for each scenario planned, and throws if any is missing.
 */
@NullMarked
package dev.ferrule.testkit.run;

import org.jspecify.annotations.NullMarked;
