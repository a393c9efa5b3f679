package tenon.core.compile;

import tenon.wasm.InstructionReader.CatchKind;

/**
 * A clause of {@code try_table}.
 *
 * @param tag index of the tag, −1 for those that catch all
 * @param target the opening instruction of the block whose label is branched to
 */
public record Catch(CatchKind kind, int tag, int target) {}
