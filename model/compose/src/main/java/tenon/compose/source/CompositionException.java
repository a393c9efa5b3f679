package tenon.compose.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** Components that cannot be composed as they were told to: what is wrong and where, why, and what else has to do with it. */
public final class CompositionException extends TenonException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;
    private final transient List<Note> notes;
    private final transient Optional<String> hint;

    /** Another place that has to do with an error. */
    public record Note(Place place, String text) {}

    private CompositionException(
            Place place, String fact, List<String> reasons, List<Note> notes, Optional<String> hint) {
        super(Actor.USER, place, fact, null);
        this.reasons = List.copyOf(reasons);
        this.notes = List.copyOf(notes);
        this.hint = hint;
    }

    /** An error at a place. */
    public static CompositionException at(Place place, String fact) {
        return new CompositionException(place, fact, List.of(), List.of(), Optional.empty());
    }

    /** The same with the reason: from the outermost type down to the part that differs. */
    public CompositionException because(List<String> path) {
        return new CompositionException(place(), fact(), path, notes, hint);
    }

    /** The same at another place. */
    public CompositionException at(Place place) {
        return new CompositionException(place, fact(), reasons, notes, hint);
    }

    /** The same with another place that is shown. */
    public CompositionException note(Place other, String text) {
        var more = new ArrayList<>(notes);
        more.add(new Note(other, text));
        return new CompositionException(place(), fact(), reasons, more, hint);
    }

    /** The same with what would mend it. */
    public CompositionException hint(String text) {
        return new CompositionException(place(), fact(), reasons, notes, Optional.of(text));
    }

    /** The same with what would mend it, if that is known. */
    public CompositionException hint(Optional<String> text) {
        return text.map(this::hint).orElse(this);
    }

    /** The reason, from the outermost type down to the part that differs; empty if the fact says it all. */
    public List<String> reasons() {
        return reasons;
    }

    /** Other places that have to do with it. */
    public List<Note> notes() {
        return notes;
    }

    /** What would mend it. */
    public Optional<String> hint() {
        return hint;
    }

    /** All of it, with lines, carets and hints. */
    @Override
    public String getMessage() {
        String because = reasons.isEmpty() ? "" : ": " + String.join(": ", reasons);
        return Stream.of(
                        Stream.of(place().mark(fact() + because)),
                        notes.stream().map(note -> note.place().mark(note.text())),
                        hint.stream().map(text -> "hint: " + text))
                .flatMap(lines -> lines)
                .reduce((a, b) -> a + System.lineSeparator() + b)
                .orElseThrow();
    }
}
