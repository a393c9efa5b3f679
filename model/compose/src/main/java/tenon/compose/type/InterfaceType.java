package tenon.compose.type;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** The type of an instance. Identity counts. Grows while it is read or merged; confined to one composition. */
public final class InterfaceType implements Type {
    private Optional<String> id;
    private final SequencedMap<String, Use> uses = new LinkedHashMap<>();
    private final SequencedMap<String, Item> exports = new LinkedHashMap<>();

    /** An interface without content; {@code id} is its name if it has one: {@code wasi:http/types@0.2.0}. */
    public InterfaceType(Optional<String> id) {
        this.id = id;
    }

    /** Its name: {@code wasi:http/types@0.2.0}; empty for one that is written in place. */
    public Optional<String> id() {
        return id;
    }

    /** Another version of the same name. */
    void rename(String name) {
        id = Optional.of(name);
    }

    /** By the name in {@link #exports}: where a type is taken from. To be changed while it is made only. */
    public SequencedMap<String, Use> uses() {
        return uses;
    }

    /** In order. To be changed while it is made only. */
    public SequencedMap<String, Item> exports() {
        return exports;
    }

    @Override
    public String word() {
        return "interface";
    }
}
