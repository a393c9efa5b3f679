package tenon.make.link;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.wasm.BinaryWriter;

/**
 * Where the bases of thread-local data stand: an array with a base for each library that has such data, which is the first thread's; and
 * where a library asks for it, one with an address for each such library, and a structure that has the number of libraries and the
 * addresses of both arrays. Addresses and sizes in bytes; immutable once it is made.
 */
final class ThreadData {
    /** Address of the first thread's bases. */
    final int bases;

    /** Address of the libraries' addresses; 0 if nobody asks. */
    final int libraries;

    /** Address of the structure. */
    final int structure;

    /** Behind all of it. */
    final int end;

    private final Map<LinkedLibrary, Integer> slots = new HashMap<>();
    private final BinaryWriter content = new BinaryWriter();

    ThreadData(int start, List<LinkedLibrary> all) {
        boolean asked = all.stream().anyMatch(each -> each.needs(LinkedLibrary.PROGRAM_TLS_INFO));
        boolean used = asked || all.stream().anyMatch(ThreadData::usesBase);
        if (!used) {
            bases = 0;
            libraries = 0;
            structure = 0;
            end = start;
            return;
        }
        all.stream()
                .filter(each -> each.has(LinkedLibrary.LIBRARY_TLS_INFO))
                .forEach(each -> slots.put(each, slots.size()));
        int count = slots.size();
        bases = (start + 3) & -4;
        int behind = bases + 4 * count;
        if (asked) {
            libraries = behind;
            structure = libraries + 4 * count;
            end = structure + 12;
            content.writeFixed32(count).writeFixed32(libraries).writeFixed32(bases);
        } else {
            libraries = 0;
            structure = 0;
            end = behind;
        }
    }

    static boolean usesBase(LinkedLibrary library) {
        return library.needs(LinkedLibrary.GET_TLS_BASE) || library.needs(LinkedLibrary.SET_TLS_BASE);
    }

    /** The place of a library in both arrays; empty if it has no such data. */
    Optional<Integer> slot(LinkedLibrary library) {
        return Optional.ofNullable(slots.get(library));
    }

    /** What the structure holds; empty if nobody asks. */
    byte[] structureBytes() {
        return content.toByteArray();
    }
}
