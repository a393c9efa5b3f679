package tenon.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tenon.types.Place;

/** Gathers problems, so that a person hears of all of them at once. Confined to the reading of one file. */
public final class Problems {
    /** More than a person reads; a broken file can have one for each of its characters. */
    private static final int MOST = 100;

    private final List<Problem> all = new ArrayList<>();

    /** None yet. */
    public Problems() {}

    /** Notes a problem. */
    public void add(Place place, String fact) {
        add(new Problem(place, fact));
    }

    /** Notes a problem, unless it is noted already. */
    public void add(Problem problem) {
        if (all.size() < MOST && !all.contains(problem)) {
            all.add(problem);
        }
    }

    /** What {@code source} gives; null, with its problems noted, if it fails. */
    public <T> @Nullable T gather(Supplier<T> source) {
        try {
            return source.get();
        } catch (ManifestException e) {
            e.problems().forEach(this::add);
            return null;
        }
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** In the order of the text. */
    public List<Problem> all() {
        return all.stream()
                .sorted(Comparator.comparingInt(Problems::line).thenComparingInt(Problems::column))
                .toList();
    }

    private static int line(Problem problem) {
        return problem.place() instanceof Place.TextPosition at ? at.line() : 0;
    }

    private static int column(Problem problem) {
        return problem.place() instanceof Place.TextPosition at ? at.column() : 0;
    }

    /** Ends the reading if anything is wrong. */
    public void throwIfAny() {
        if (!all.isEmpty()) {
            throw new ManifestException(all());
        }
    }
}
