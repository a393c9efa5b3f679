package tenon.app.template;

import org.jspecify.annotations.Nullable;
import tenon.types.Place;

/**
 * A variable that an application declares ({@code [variables]}). Immutable.
 *
 * @param defaultValue what it is if no source has a value; null if one must
 * @param secret whether its value must not be shown
 */
public record Variable(
        String name, @Nullable String description, @Nullable String defaultValue, boolean secret, Place place) {

    /** Whether a source must have its value. */
    public boolean required() {
        return defaultValue == null;
    }
}
