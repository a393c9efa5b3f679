package tenon.app.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses among routes. Immutable.
 *
 * <p>Policy: where two routes match, the first piece in which they differ decides: text goes before a name, a name before a
 * wildcard; so the longest exact beginning wins. Of two routes with the same text the later one is used, of two that are spelled
 * differently and match the same paths the earlier one; the other is reported.
 *
 * @param <T> what a route leads to
 */
public final class Router<T> {
    /** Paths that the host answers itself. */
    public static final String RESERVED = "/.well-known/spin/";

    private final List<Entry<T>> entries;
    private final List<Duplicate<T>> duplicates;

    private Router(List<Entry<T>> entries, List<Duplicate<T>> duplicates) {
        this.entries = List.copyOf(entries);
        this.duplicates = List.copyOf(duplicates);
    }

    /** A route and what it leads to. */
    public record Entry<T>(Route route, T target) {}

    /** A route that no request takes. */
    public record Duplicate<T>(Entry<T> unused, Entry<T> used) {}

    /**
     * What a path leads to.
     *
     * @param captures what the route's names and its wildcard stand for
     */
    public record Match<T>(Route route, T target, Route.Captures captures) {}

    /** From routes in the order of the manifest. */
    public static <T> Router<T> of(List<Entry<T>> routes) {
        List<Entry<T>> used = new ArrayList<>();
        List<Duplicate<T>> duplicates = new ArrayList<>();
        for (Entry<T> entry : routes) {
            int same = indexOfSame(used, entry);
            if (same < 0) {
                used.add(entry);
            } else if (used.get(same).route().pattern().equals(entry.route().pattern())) {
                duplicates.add(new Duplicate<>(used.set(same, entry), entry));
            } else {
                duplicates.add(new Duplicate<>(entry, used.get(same)));
            }
        }
        used.sort(Comparator.comparing(Entry::route, Route::compare));
        return new Router<>(used, duplicates);
    }

    private static <T> int indexOfSame(List<Entry<T>> entries, Entry<T> entry) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).route().matchesTheSame(entry.route())) {
                return i;
            }
        }
        return -1;
    }

    /** The best route for a path, which is not decoded and has no query. */
    public Optional<Match<T>> match(String path) {
        for (Entry<T> entry : entries) {
            Route.Captures captures = entry.route().match(path);
            if (captures != null) {
                return Optional.of(new Match<>(entry.route(), entry.target(), captures));
            }
        }
        return Optional.empty();
    }

    /** The routes that are used, in the order in which they are asked. */
    public List<Entry<T>> entries() {
        return entries;
    }

    /** The routes that are not used. */
    public List<Duplicate<T>> duplicates() {
        return duplicates;
    }
}
