package tenon.make.world;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.types.component.PackageName;
import tenon.wit.Function;
import tenon.wit.TypeId;

/** An interface that may still grow. */
record Face(
        Optional<String> name,
        PackageName owner,
        SequencedMap<String, TypeId> types,
        SequencedMap<String, Function> functions) {

    static Face empty(Optional<String> name, PackageName owner) {
        return new Face(name, owner, new LinkedHashMap<>(), new LinkedHashMap<>());
    }
}
