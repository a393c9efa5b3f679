package tenon.compose.type;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** The type of a component. Identity counts. Grows while it is read; confined to one composition. */
public final class WorldType implements Type {
    private final Optional<String> id;
    private final SequencedMap<String, Use> uses = new LinkedHashMap<>();
    private final SequencedMap<String, Item> imports = new LinkedHashMap<>();
    private final SequencedMap<String, Item> exports = new LinkedHashMap<>();

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

    @Override
    public String word() {
        return "world";
    }
}
