package tenon.component;

import java.util.List;
import java.util.stream.Stream;
import tenon.wasm.Binary;

/**
 * A decoded component: Binary.md, "Component Definitions". Immutable.
 *
 * @param binary the component's bytes inside the outermost file
 * @param definitions in the order of the binary
 * @param customs custom sections, in the order of the binary
 * @param features what it may use: what it was decoded with
 * @param names what the section {@code component-name} says, for people only
 */
public record Component(
        Binary binary,
        List<Definition> definitions,
        List<CustomSection> customs,
        ComponentFeatures features,
        ComponentNames names) {

    /** A custom section: its content stands from {@code start} to {@code end} of the outermost file. */
    public record CustomSection(String name, int start, int end) {}

    public Component {
        definitions = List.copyOf(definitions);
        customs = List.copyOf(customs);
    }

    /** The definitions of one kind, in order. */
    public <D extends Definition> Stream<D> definitions(Class<D> kind) {
        return definitions.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** The imports, in order. */
    public List<Import> imports() {
        return definitions(Import.class).toList();
    }

    /** The exports, in order. */
    public List<Export> exports() {
        return definitions(Export.class).toList();
    }
}
