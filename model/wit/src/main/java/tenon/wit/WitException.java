package tenon.wit;

import java.util.List;
import java.util.stream.Collectors;
import tenon.types.Actor;
import tenon.types.TenonException;

/** WIT that does not follow the grammar or breaks a rule; place and fact are those of the first problem. */
public final class WitException extends TenonException {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    /** All that was found, at least one; in the order in which it should be read. */
    public WitException(List<Diagnostic> diagnostics) {
        super(Actor.USER, diagnostics.getFirst().place(), diagnostics.getFirst().fact(), null);
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** One problem. */
    public WitException(Diagnostic diagnostic) {
        this(List.of(diagnostic));
    }

    /** All problems that were found. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** All problems, with lines, carets and hints. */
    @Override
    public String getMessage() {
        return diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining(System.lineSeparator()));
    }
}
