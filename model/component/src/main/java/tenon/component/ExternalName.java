package tenon.component;

import java.util.Optional;
import tenon.types.component.ExternName;

/**
 * The name of an import or export with its attributes: Binary.md, {@code nameattributes}.
 *
 * @param text the name as written, by which it is matched
 * @param name the same, parsed
 * @param attributes what is said about it, for hosts and tools
 */
public record ExternalName(String text, ExternName name, Attributes attributes) {

    /** The attributes, each at most once. */
    public record Attributes(
            Optional<String> implemented, Optional<String> versionSuffix, Optional<String> externalId) {
        /** No attributes. */
        public static final Attributes NONE = new Attributes(Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return text;
    }
}
