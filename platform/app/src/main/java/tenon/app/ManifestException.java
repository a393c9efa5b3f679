package tenon.app;

import java.util.List;
import java.util.stream.Collectors;
import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** A manifest, or a value that it needs, is wrong. Has all problems that were found; its place and fact are those of the first. */
public final class ManifestException extends TenonException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** With at least one problem. */
    public ManifestException(List<Problem> problems) {
        super(Actor.USER, problems.getFirst().place(), problems.getFirst().fact(), null);
        this.problems = List.copyOf(problems);
    }

    public ManifestException(Place place, String fact) {
        this(List.of(new Problem(place, fact)));
    }

    /** All that is wrong, in the order of reading. */
    public List<Problem> problems() {
        return problems;
    }

    /** All problems, each with its place. */
    @Override
    public String getMessage() {
        return problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}
