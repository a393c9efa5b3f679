package tenon.make.component;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import tenon.component.ExternalName;
import tenon.component.ExternalName.Attributes;
import tenon.component.write.ComponentWriter;
import tenon.make.MakeException;
import tenon.types.component.InterfaceName;
import tenon.types.component.SemanticVersion;
import tenon.types.component.VersionTrack;
import tenon.wit.World;

/** How a component calls the interfaces that it imports and exports: Explainer.md, "Import and Export Definitions". */
record InterfaceNames(Plan plan) {

    /** The name of an interface; a canonical one has the rest of its version as an attribute. */
    ExternalName of(String name, Attributes attributes) {
        if (plan.options.canonicalNames() && ComponentWriter.plain(name).name() instanceof InterfaceName parsed) {
            Optional<VersionTrack> track = parsed.version()
                    .filter(SemanticVersion.class::isInstance)
                    .map(SemanticVersion.class::cast)
                    .flatMap(SemanticVersion::track);
            if (track.isPresent()) {
                String version = parsed.version().orElseThrow().toString();
                String suffix = version.substring(track.get().toString().length());
                var more = new Attributes(attributes.implemented(), Optional.of(suffix), attributes.externalId());
                return named(parsed.unversioned() + "@" + track.get(), more);
            }
        }
        return named(name, attributes);
    }

    private static ExternalName named(String text, Attributes attributes) {
        return new ExternalName(text, ComponentWriter.plain(text).name(), attributes);
    }

    /** Two interfaces may differ in what a canonical name does not tell. */
    void checkUnique() {
        checkUnique(plan.world().imports(), "imports");
        checkUnique(plan.world().exports(), "exports");
    }

    private void checkUnique(Map<World.Key, World.Item> items, String direction) {
        var names = new HashSet<String>();
        items.keySet().forEach(key -> {
            String name = of(plan.graph.name(key), Attributes.NONE).text();
            if (!names.add(name)) {
                throw new MakeException("the world " + direction + " several interfaces with the canonical name `"
                        + name + "`, expected one of all versions that are compatible");
            }
        });
    }
}
