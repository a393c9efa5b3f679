package tenon.compose.syntax;

import java.util.List;
import java.util.stream.Collectors;
import tenon.compose.source.Span;

/**
 * The path to something in a package: {@code wasi:http/types@0.2.0}.
 *
 * @param target the package, with the version that stands at the end of the path
 * @param segments what stands behind the slashes, at least one
 */
public record PackagePath(PackageReference target, List<Identifier> segments, Span span) {
    public PackagePath {
        segments = List.copyOf(segments);
    }

    /** The segments with slashes between them. */
    public String inside() {
        return segments.stream().map(Identifier::name).collect(Collectors.joining("/"));
    }

    @Override
    public String toString() {
        return target.name() + "/" + inside()
                + target.version().map(number -> "@" + number).orElse("");
    }
}
