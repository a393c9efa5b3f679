package tenon.app.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tenon.app.Placed;
import tenon.app.template.Template;
import tenon.app.toml.TomlValue.TomlTable;
import tenon.types.Place;

/**
 * A component as an application uses it: {@code [component.ID]}; of version 1, {@code [[component]]}. Immutable.
 *
 * @param variables what the guest can ask for, by name ({@code [component.ID.variables]}; {@code config} of version 1)
 * @param environment the guest's environment variables
 * @param excludeFiles globs, seen from the manifest's folder, of files that no mount shows
 * @param allowedOutboundHosts each as it is written, with {@code {{ name }}} where it is so; {@code allowed_http_hosts} has been
 *     turned into the newer form. {@code tenon.app.outbound} decides with them
 * @param keyValueStores labels of stores
 * @param sqliteDatabases labels of databases
 * @param targets in place of the application's; null to leave them
 * @param build null if there is nothing to build
 * @param tools settings for tools, which a host does not look at
 * @param dependencies what serves its imports, by the name of the import
 * @param profiles variants, by name
 */
public record ComponentSpec(
        String id,
        ComponentSource source,
        String description,
        Map<String, Template> variables,
        Map<String, String> environment,
        List<FileMount> files,
        List<Placed<String>> excludeFiles,
        List<Placed<String>> allowedOutboundHosts,
        List<Placed<String>> keyValueStores,
        List<Placed<String>> sqliteDatabases,
        List<Placed<String>> aiModels,
        @Nullable List<Target> targets,
        @Nullable Build build,
        Map<String, TomlTable> tools,
        Map<ImportName, Dependency> dependencies,
        Map<String, Profile> profiles,
        Place place) {

    public ComponentSpec {
        variables = Manifest.inOrder(variables);
        environment = Manifest.inOrder(environment);
        files = List.copyOf(files);
        excludeFiles = List.copyOf(excludeFiles);
        allowedOutboundHosts = List.copyOf(allowedOutboundHosts);
        keyValueStores = List.copyOf(keyValueStores);
        sqliteDatabases = List.copyOf(sqliteDatabases);
        aiModels = List.copyOf(aiModels);
        targets = targets == null ? null : List.copyOf(targets);
        tools = Manifest.inOrder(tools);
        dependencies = Manifest.inOrder(dependencies);
        profiles = Manifest.inOrder(profiles);
    }

    /** This component in the variant {@code profile}; as it is if it has no such variant. */
    public ComponentSpec withProfile(String profile) {
        Profile variant = profiles.get(profile);
        if (variant == null) {
            return this;
        }
        Map<String, String> moreEnvironment = new LinkedHashMap<>(environment);
        moreEnvironment.putAll(variant.environment());
        Map<ImportName, Dependency> moreDependencies = new LinkedHashMap<>(dependencies);
        moreDependencies.putAll(variant.dependencies());
        return new ComponentSpec(
                id,
                variant.source() == null ? source : variant.source(),
                description,
                variables,
                moreEnvironment,
                files,
                excludeFiles,
                allowedOutboundHosts,
                keyValueStores,
                sqliteDatabases,
                aiModels,
                targets,
                variant.buildCommands().isEmpty() ? build : varied(build, variant),
                tools,
                moreDependencies,
                profiles,
                place);
    }

    private static Build varied(@Nullable Build build, Profile variant) {
        return build == null
                ? new Build(variant.buildCommands(), null, List.of(), variant.place())
                : new Build(variant.buildCommands(), build.workdir(), build.watch(), build.place());
    }
}
