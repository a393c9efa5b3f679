package tenon.make.component;

import java.util.List;
import tenon.make.ModuleRef;
import tenon.make.embed.Encodings;
import tenon.make.names.ModuleContract;
import tenon.wit.World;

/**
 * A core module that becomes part of a component.
 *
 * @param module its binary as it will stand in the component
 * @param exports what of the world it exports
 * @param library whether it is linked with others, and no adapter
 */
@SuppressWarnings("ArrayRecordComponent")
record Part(
        ModuleRef ref,
        byte[] module,
        ModuleContract contract,
        Encodings importEncodings,
        Encodings exportEncodings,
        List<World.Key> exports,
        boolean library) {
    Part {
        exports = List.copyOf(exports);
    }
}
