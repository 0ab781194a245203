/**
 * The kit for everybody: {@link dev.ferrule.testkit.cli.Testkit} runs it against a URL or a command, in any language.
 */
@NullMarked
package dev.ferrule.testkit.cli;

import org.jspecify.annotations.NullMarked;
