package tenon.app;

import tenon.types.Place;

/**
 * One thing that is wrong, or not as it should be. Immutable.
 *
 * @param fact what, and what was expected, without the place
 */
public record Problem(Place place, String fact) {

    /** With its place, for a person. */
    @Override
    public String toString() {
        return place.mark(fact);
    }
}
