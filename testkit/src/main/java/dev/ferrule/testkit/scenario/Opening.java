package dev.ferrule.testkit.scenario;

import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.RequestSpec;
import dev.ferrule.testkit.wire.ResponseSpec;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.List;

/**
 * How the kit takes its part in the opening handshake.
 *
 * @param request what it sends to a server under test
 * @param response what it answers to a client under test
 * @param cut how either is cut into writes
 * @param behind frames that follow in the same bytes
 * @param loss how the kit ends the connection instead of finishing its answer
 * @param target path and query of the URL that a client under test is given
 */
public record Opening(
        RequestSpec request, ResponseSpec response, Segmentation cut, List<Frame> behind, Loss loss, String target) {
    /** A correct handshake. */
    public static final Opening CORRECT = new Opening(
            RequestSpec.CORRECT,
            ResponseSpec.CORRECT,
            Segmentation.WHOLE,
            List.of(),
            Loss.NONE,
            "/kit?of=ferrule%20testkit");

    /** Copies the list. */
    public Opening {
        behind = List.copyOf(behind);
    }

    /**
     * The end of a connection in the middle of an answer.
     *
     * @param after how many bytes of the answer are sent, all of them if negative
     * @param reset whether TCP ends with a reset
     */
    public record Loss(int after, boolean reset) {
        /** The whole answer is sent and the connection stays. */
        public static final Loss NONE = new Loss(-1, false);
    }

    /**
     * With another request.
     *
     * @param value the request
     * @return the changed copy
     */
    public Opening with(RequestSpec value) {
        return new Opening(value, response, cut, behind, loss, target);
    }

    /**
     * With another answer.
     *
     * @param value the answer
     * @return the changed copy
     */
    public Opening with(ResponseSpec value) {
        return new Opening(request, value, cut, behind, loss, target);
    }

    /**
     * Cut into writes.
     *
     * @param value how
     * @return the changed copy
     */
    public Opening cut(Segmentation value) {
        return new Opening(request, response, value, behind, loss, target);
    }

    /**
     * With frames right behind it.
     *
     * @param frames the frames
     * @return the changed copy
     */
    public Opening behind(Frame... frames) {
        return new Opening(request, response, cut, List.of(frames), loss, target);
    }

    /**
     * With a connection that is lost.
     *
     * @param value when and how
     * @return the changed copy
     */
    public Opening lost(Loss value) {
        return new Opening(request, response, cut, behind, value, target);
    }

    /**
     * With another URL.
     *
     * @param value path and query
     * @return the changed copy
     */
    public Opening at(String value) {
        return new Opening(request, response, cut, behind, loss, value);
    }
}
