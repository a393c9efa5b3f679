package tenon.compose.syntax;

import java.util.Optional;
import tenon.compose.source.Span;
import tenon.types.component.SemanticVersion;

/** The name of a package: {@code example:greeter@1.0.0}; {@code name} is without the version. */
public record PackageReference(String name, Optional<SemanticVersion> version, Span span) {
    @Override
    public String toString() {
        return name + version.map(number -> "@" + number).orElse("");
    }
}
