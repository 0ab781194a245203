package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.model.ReferenceModel;
import dev.ferrule.testkit.scenario.Opening;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.scenario.Side;
import dev.ferrule.testkit.scenario.Step;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.RequestSpec;
import dev.ferrule.testkit.wire.ResponseSpec;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scenario in words. */
final class ScenarioText {
    private final Scenario scenario;
    private final MessageLimit limit;
    private final StringBuilder out = new StringBuilder();

    private ScenarioText(Scenario scenario, MessageLimit limit) {
        this.scenario = scenario;
        this.limit = limit;
    }

    static String of(Scenario scenario, MessageLimit limit) {
        ScenarioText text = new ScenarioText(scenario, limit);
        text.head();
        text.play(scenario.play());
        return text.out.append('\n').toString();
    }

    private void head() {
        line(scenario.id());
        line("  " + scenario.title());
        line("  " + scenario.requirement().section() + ", " + Command.word(scenario.level()) + ", for "
                + Command.word(scenario.side()) + ", verifies " + String.join(", ", scenario.requirements()));
        if (!scenario.needs().isEmpty()) {
            line("  skipped for a peer that lacks "
                    + scenario.needs().stream().map(Command::word).toList());
        }
    }

    private void play(Play play) {
        if (play instanceof Play.Frames frames) {
            frames(frames);
        } else if (play instanceof Play.Choice choice) {
            opening(choice.frames().opening());
            line("  may be refused; if it is accepted, this must work:");
            frames(choice.frames());
        } else if (play instanceof Play.Deflated deflated) {
            frames(deflated.frames());
        } else if (play instanceof Play.Refusal refusal) {
            opening(refusal.opening());
            refusal.opening().behind().forEach(frame -> line("    behind it: " + frame));
            line("  must be refused"
                    + (scenario.side() == Side.SERVER ? " by " + Command.word(refusal.statuses()) : ""));
        } else if (play instanceof Play.Many many) {
            line("  " + many.plays().size() + " connections one after another; the first of them:");
            frames(many.plays().get(0));
        } else {
            line("  written by hand, since the reference model can't say it");
        }
    }

    private void frames(Play.Frames frames) {
        opening(frames.opening());
        List<Frame> sent = new ArrayList<>(frames.opening().behind());
        for (Step step : frames.steps()) {
            step(step);
            if (step instanceof Step.Send send) {
                sent.addAll(send.frames());
            }
        }
        line("  allowed after all of it:");
        Optional<Agreement> agreement = scenario.play() instanceof Play.Deflated
                ? Agreement.of(frames.opening().response().fields())
                : Optional.empty();
        ReferenceModel.allowed(sent, limit, Role.CLIENT, agreement).forEach(outcome -> line("    " + outcome));
    }

    private void step(Step step) {
        if (step instanceof Step.Send send) {
            line("  sends"
                    + (send.cut().equals(Segmentation.WHOLE)
                            ? ""
                            : " in segments of " + send.cut().sizes()) + ":");
            send.frames().forEach(frame -> line("    " + frame));
        } else if (step instanceof Step.SendPart part) {
            line("  sends the first " + part.bytes() + " bytes of " + part.frame());
        } else if (step instanceof Step.Barrier) {
            line("  waits until every message has come back and the last ping is answered");
        } else {
            line(step instanceof Step.Finish ? "  ends its direction of TCP" : "  resets TCP");
        }
    }

    /** Only what is not as usual. */
    private void opening(Opening opening) {
        if (!opening.request().equals(RequestSpec.CORRECT)) {
            RequestSpec request = opening.request();
            line("  requests: " + request.method() + " " + request.target() + " " + request.version());
            request.fields().lines().forEach(field -> line("    " + field.name() + ": " + field.value()));
        }
        if (!opening.response().equals(ResponseSpec.CORRECT)) {
            line("  answers: " + opening.response().statusLine());
            opening.response().fields().lines().forEach(field -> line("    " + field.name() + ": " + field.value()));
        }
        if (opening.loss().after() >= 0) {
            line("  ends TCP after " + opening.loss().after() + " bytes of the answer");
        }
        if (!opening.cut().equals(Segmentation.WHOLE)) {
            line("  the handshake goes in segments of " + opening.cut().sizes());
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
