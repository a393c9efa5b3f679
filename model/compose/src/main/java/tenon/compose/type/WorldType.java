package tenon.compose.type;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.ExternalName.Attributes;

/** The type of a component. Identity counts. Grows while it is read; confined to one composition. */
public final class WorldType implements Type {
    private final Optional<String> id;
    private final SequencedMap<String, Use> uses = new LinkedHashMap<>();
    private final SequencedMap<String, Item> imports = new LinkedHashMap<>();
    private final SequencedMap<String, Item> exports = new LinkedHashMap<>();
    private final Map<String, Attributes> importAttributes = new HashMap<>();
    private final Map<String, Attributes> exportAttributes = new HashMap<>();

    /** A world without content; {@code id} is its name if it has one: {@code wasi:http/proxy@0.2.0}. */
    public WorldType(Optional<String> id) {
        this.id = id;
    }

    /** Its name: {@code wasi:http/proxy@0.2.0}. */
    public Optional<String> id() {
        return id;
    }

    /** By the name in {@link #imports}: where a type is taken from. To be changed while it is made only. */
    public SequencedMap<String, Use> uses() {
        return uses;
    }

    /** In order. To be changed while it is made only. */
    public SequencedMap<String, Item> imports() {
        return imports;
    }

    /** In order. To be changed while it is made only. */
    public SequencedMap<String, Item> exports() {
        return exports;
    }

    /** What is said about imports, by name, where anything is. To be changed while it is made only. */
    public Map<String, Attributes> importAttributes() {
        return importAttributes;
    }

    /** What is said about exports, by name, where anything is. To be changed while it is made only. */
    public Map<String, Attributes> exportAttributes() {
        return exportAttributes;
    }

    @Override
    public String word() {
        return "world";
    }
}
