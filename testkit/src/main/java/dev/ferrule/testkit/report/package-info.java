/**
 * What is left of a run: a {@link dev.ferrule.testkit.report.Card} per peer, and the forms it is written in.
 *
 * <p>{@link dev.ferrule.testkit.report.Card#json()} is the form that can be read again;
 * {@link dev.ferrule.testkit.report.HtmlReport} compares several peers on one page;
 * {@link dev.ferrule.testkit.report.ReportFolder} writes all forms at once.
 */
@NullMarked
package dev.ferrule.testkit.report;

import org.jspecify.annotations.NullMarked;
