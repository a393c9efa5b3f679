package tenon.app.manifest;

import tenon.types.Place;

/** {@code { url = "…", digest = "sha256:…" }}; {@code digest} has 64 hexadecimal digits behind its colon. Immutable. */
public record Download(String url, String digest, Place place) implements ComponentSource, DependencySource {}
