package tenon.wit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * An interface: WIT.md, "WIT Interfaces".
 *
 * @param name empty if it is written in a world's import or export
 * @param types by name, in order of definition: a type stands behind those that it is made of
 * @param functions by {@link Function#name}, in order
 * @param copyOf the interface that this is a copy of, with types of its own
 */
public record Interface(
        Optional<String> name,
        PackageId owner,
        SequencedMap<String, TypeId> types,
        SequencedMap<String, Function> functions,
        Remarks remarks,
        Optional<InterfaceId> copyOf) {
    public Interface {
        types = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(types));
        functions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(functions));
    }

    /** An interface that is no copy. */
    public Interface(
            Optional<String> name,
            PackageId owner,
            SequencedMap<String, TypeId> types,
            SequencedMap<String, Function> functions,
            Remarks remarks) {
        this(name, owner, types, functions, remarks, Optional.empty());
    }
}
