package tenon.app.manifest;

import java.util.List;
import java.util.Map;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.app.toml.TomlValue.TomlTable;

/**
 * What a manifest tells this host about a component and no other: {@code [component.ID.tool.tenon]}, in the table that manifests keep for
 * tools. All of it takes away or comes between; none of it grants. Immutable.
 *
 * @param deny imports that keep the component from being linked: {@code "wasi:sockets"}, {@code "wasi:sockets/tcp"}, {@code "*"}
 * @param denyCalls imports whose functions end the guest that calls them
 * @param mock interfaces whose functions answer by their types alone
 * @param redirect by stream, {@code stdout} or {@code stderr}: the id of a component that logs what is written to it
 * @param middleware ids of components that each request goes through, outermost first
 * @param packages files, by the name of the package that a composed component may use
 */
public record TenonSettings(
        List<Placed<String>> deny,
        List<Placed<String>> denyCalls,
        List<Placed<String>> mock,
        Map<String, Placed<String>> redirect,
        List<Placed<String>> middleware,
        Map<String, Placed<String>> packages) {
    private static final String TOOL = "tenon";

    /** Nothing is said. */
    public static final TenonSettings NONE =
            new TenonSettings(List.of(), List.of(), List.of(), Map.of(), List.of(), Map.of());

    public TenonSettings {
        deny = List.copyOf(deny);
        denyCalls = List.copyOf(denyCalls);
        mock = List.copyOf(mock);
        redirect = Manifest.inOrder(redirect);
        middleware = List.copyOf(middleware);
        packages = Manifest.inOrder(packages);
    }

    /**
     * What is said about a component.
     *
     * @throws tenon.app.ManifestException with all keys that do not exist and all values that are of another kind
     */
    public static TenonSettings of(ComponentSpec spec) {
        TomlTable table = spec.tools().get(TOOL);
        if (table == null) {
            return NONE;
        }
        var problems = new Problems();
        var section = new Section(table, table.place(), "component." + spec.id() + ".tool." + TOOL, problems);
        var settings = new TenonSettings(
                section.texts("deny"),
                section.texts("deny_calls"),
                section.texts("mock"),
                streams(section),
                section.texts("middleware"),
                section.textsByKey("packages"));
        section.end();
        problems.throwIfAny();
        return settings;
    }

    private static Map<String, Placed<String>> streams(Section section) {
        Map<String, Placed<String>> streams = section.textsByKey("redirect");
        List<String> known = List.of("stdout", "stderr");
        streams.forEach((stream, logger) -> {
            if (!known.contains(stream)) {
                section.problems()
                        .add(
                                logger.place(),
                                "stream `" + stream + "` cannot be redirected"
                                        + Suggestion.among(known, stream, "expected "));
            }
        });
        return streams;
    }
}
