package tenon.compose.encode;

import java.util.List;
import java.util.stream.Collectors;
import tenon.compose.graph.Node;
import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** Two nodes of a graph ask for an import of the composition that cannot be one. */
public final class ConflictException extends TenonException {
    private static final long serialVersionUID = 1L;

    private final String summary;
    private final transient Node first;
    private final transient Node second;
    private final transient List<String> reasons;

    ConflictException(String fact, Node first, Node second, List<String> reasons) {
        super(
                Actor.USER,
                Place.NOWHERE,
                fact + reasons.stream().map(reason -> ": " + reason).collect(Collectors.joining()) + "; " + first
                        + " and " + second + " ask for it",
                null);
        this.summary = fact;
        this.first = first;
        this.second = second;
        this.reasons = List.copyOf(reasons);
    }

    /** What is wrong, without reasons and nodes. */
    public String summary() {
        return summary;
    }

    /** The node that asked first. */
    public Node first() {
        return first;
    }

    /** The node that asks for something else. */
    public Node second() {
        return second;
    }

    /** Why, from the outermost type down to the part that differs. */
    public List<String> reasons() {
        return reasons;
    }
}
