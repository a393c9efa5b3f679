package tenon.component.resolve;

import java.util.Optional;
import tenon.component.ExternalName;
import tenon.types.InvalidException;
import tenon.types.Place;
import tenon.types.component.InterfaceName;
import tenon.types.component.InterfaceVersion;
import tenon.types.component.PlainName;
import tenon.types.component.SemanticVersion;
import tenon.types.component.VersionTrack;

/** Checks the attributes of a name against the name and what it names: Binary.md, "Import and Export Definitions". */
final class AttributeCheck {
    private AttributeCheck() {}

    static void check(ExternalName name, Item item, long offset) {
        Optional<String> implemented = name.attributes().implemented();
        if (implemented.isPresent()) {
            requireInstance("an `implements`", item, offset);
            if (!(name.name() instanceof PlainName plain) || plain.kind() != PlainName.Kind.LABEL) {
                throw new InvalidException(
                        offset, "name `" + name + "` is not valid with `implements`, expected a label");
            }
        }
        Optional<String> suffix = name.attributes().versionSuffix();
        if (suffix.isPresent()) {
            requireInstance("a version suffix", item, offset);
            checkSuffix(interfaceName(name, implemented, offset), suffix.get(), offset);
        }
    }

    private static void requireInstance(String attribute, Item item, long offset) {
        if (!(item instanceof Item.Instance)) {
            throw new InvalidException(offset, "only instances can have " + attribute + ", found " + item.sort());
        }
    }

    private static InterfaceName interfaceName(ExternalName name, Optional<String> implemented, long offset) {
        if (implemented.isPresent()) {
            return InterfaceName.parse(implemented.get(), new Place.ByteOffset(offset));
        }
        if (name.name() instanceof InterfaceName itself) {
            return itself;
        }
        throw new InvalidException(offset, "`version-suffix` requires an interface name or `implements`");
    }

    /** The name has the canonical version, and the suffix is what is left of the whole one. */
    private static void checkSuffix(InterfaceName name, String suffix, long offset) {
        InterfaceVersion version = name.version()
                .orElseThrow(
                        () -> new InvalidException(offset, "a version suffix requires the name to have a version"));
        String whole = version + suffix;
        SemanticVersion parsed = SemanticVersion.parse(whole)
                .orElseThrow(() -> new InvalidException(
                        offset, "invalid interface version `" + whole + "`, expected a semantic version"));
        String canonical = parsed.track().map(VersionTrack::text).orElseGet(() -> withoutBuild(parsed));
        if (!canonical.equals(version.toString())) {
            throw new InvalidException(
                    offset,
                    "`" + version + "` is not the canonical version of `" + whole + "`, expected `" + canonical + "`");
        }
    }

    private static String withoutBuild(SemanticVersion version) {
        return new SemanticVersion(version.major(), version.minor(), version.patch(), version.prerelease(), "")
                .toString();
    }
}
