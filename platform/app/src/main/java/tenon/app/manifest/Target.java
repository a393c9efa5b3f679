package tenon.app.manifest;

import tenon.types.Place;

/** An environment that a component must be fit for: a catalogue's name, or where its description is. Checked by builds only. */
public sealed interface Target {
    Place place();

    /** {@code "spin-up:3.3"}. */
    record Catalogued(String name, Place place) implements Target {}

    /** {@code { url = "…" }}. */
    record Fetched(String url, Place place) implements Target {}

    /** {@code { path = "…" }}. */
    record Described(String path, Place place) implements Target {}
}
