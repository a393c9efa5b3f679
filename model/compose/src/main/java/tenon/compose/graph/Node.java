package tenon.compose.graph;

import java.util.Optional;
import tenon.compose.type.Item;

/** Something of a composition. Identity counts; belongs to one {@link CompositionGraph}. */
public final class Node {
    private final int index;
    private final Kind kind;
    private final Item item;
    private Optional<String> name = Optional.empty();

    Node(int index, Kind kind, Item item) {
        this.index = index;
        this.kind = kind;
        this.item = item;
    }

    /** Where something comes from. */
    public sealed interface Kind {}

    /** The composition's own import. */
    public record Import(String name) implements Kind {}

    /** An instance of a component. */
    public record Instantiation(Package target) implements Kind {}

    /** The export {@code export} of the instance {@code source}. */
    public record Alias(Node source, String export) implements Kind {}

    /** A type that the composition defines and exports as {@code name}. */
    public record Definition(String name) implements Kind {}

    /** Its number in the graph, from 0. */
    public int index() {
        return index;
    }

    public Kind kind() {
        return kind;
    }

    /** What it is, with its type. */
    public Item item() {
        return item;
    }

    /** What it is called, for people. */
    public Optional<String> name() {
        return name;
    }

    void call(String text) {
        name = Optional.of(text);
    }

    /** As messages call it. */
    @Override
    public String toString() {
        return switch (kind) {
            case Import(String imported) -> "import `" + imported + "`";
            case Instantiation(Package target) -> "instance of `" + target + "`";
            case Alias(Node source, String export) -> "export `" + export + "` of " + source;
            case Definition(String defined) -> "type `" + defined + "`";
        };
    }
}
