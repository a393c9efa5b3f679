package tenon.component.read;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.ComponentFeature;
import tenon.component.Gates;
import tenon.types.core.NumType;
import tenon.types.core.ValType;

/** Reads canonical definitions: Binary.md, "Canonical Definitions". */
final class CanonDecoder {
    private final BinaryReader in;
    private final TypeDecoder types;
    private final CoreTypeDecoder coreTypes;
    private final Gates gates;

    CanonDecoder(BinaryReader in, TypeDecoder types, CoreTypeDecoder coreTypes, Gates gates) {
        this.in = in;
        this.types = types;
        this.coreTypes = coreTypes;
        this.gates = gates;
    }

    Canon readCanon() {
        int at = in.position();
        Canon canon = read(at, in.readByte());
        new CanonGates(gates).check(canon);
        return canon;
    }

    private Canon read(int at, int code) {
        return switch (code) {
            case 0x00 -> {
                in.expect(0x00, "sort of a lifted function");
                yield new Canon.Lift(in.readIndex(), readOptions(), in.readIndex(), at);
            }
            case 0x01 -> {
                in.expect(0x00, "sort of a lowered function");
                yield new Canon.Lower(in.readIndex(), readOptions(), at);
            }
            case 0x02 -> new Canon.ResourceNew(in.readIndex(), at);
            case 0x03 -> new Canon.ResourceDrop(in.readIndex(), at);
            case 0x04 -> new Canon.ResourceRep(in.readIndex(), at);
            case 0x05 -> new Canon.TaskCancel(at);
            case 0x06 -> new Canon.SubtaskCancel(readAsync(), at);
            case 0x09 -> new Canon.TaskReturn(types.readResult(), readOptions(), at);
            case 0x0a -> new Canon.ContextGet(readSlotType("context.get"), in.readIndex(), at);
            case 0x0b -> new Canon.ContextSet(readSlotType("context.set"), in.readIndex(), at);
            case 0x0d -> new Canon.SubtaskDrop(at);
            case 0x1c -> new Canon.ErrorContextNew(readOptions(), at);
            case 0x1d -> new Canon.ErrorContextDebugMessage(readOptions(), at);
            case 0x1e -> new Canon.ErrorContextDrop(at);
            case 0x1f -> new Canon.WaitableSetNew(at);
            case 0x20 -> new Canon.WaitableSetWait(readMemory(), at);
            case 0x21 -> new Canon.WaitableSetPoll(readMemory(), at);
            case 0x22 -> new Canon.WaitableSetDrop(at);
            case 0x23 -> new Canon.WaitableJoin(at);
            case 0x24 -> new Canon.BackpressureInc(at);
            case 0x25 -> new Canon.BackpressureDec(at);
            default -> code >= 0x0e && code <= 0x1b ? readStreamOrFuture(at, code) : readThread(at, code);
        };
    }

    private Canon readStreamOrFuture(int at, int code) {
        int type = in.readIndex();
        return switch (code) {
            case 0x0e -> new Canon.StreamNew(type, at);
            case 0x0f -> new Canon.StreamRead(type, readOptions(), at);
            case 0x10 -> new Canon.StreamWrite(type, readOptions(), at);
            case 0x11 -> new Canon.StreamCancelRead(type, readAsync(), at);
            case 0x12 -> new Canon.StreamCancelWrite(type, readAsync(), at);
            case 0x13 -> new Canon.StreamDropReadable(type, at);
            case 0x14 -> new Canon.StreamDropWritable(type, at);
            case 0x15 -> new Canon.FutureNew(type, at);
            case 0x16 -> new Canon.FutureRead(type, readOptions(), at);
            case 0x17 -> new Canon.FutureWrite(type, readOptions(), at);
            case 0x18 -> new Canon.FutureCancelRead(type, readAsync(), at);
            case 0x19 -> new Canon.FutureCancelWrite(type, readAsync(), at);
            case 0x1a -> new Canon.FutureDropReadable(type, at);
            case 0x1b -> new Canon.FutureDropWritable(type, at);
            default -> throw BinaryReader.unexpected(at, code, "canonical definition", "");
        };
    }

    private Canon readThread(int at, int code) {
        return switch (code) {
            case 0x0c -> new Canon.ThreadYield(afterReserved(at));
            case 0x26 -> new Canon.ThreadIndex(at);
            case 0x27 -> new Canon.ThreadNewIndirect(in.readIndex(), in.readIndex(), at);
            case 0x28 -> new Canon.ThreadResumeLater(at);
            case 0x29 -> new Canon.ThreadSuspend(afterReserved(at));
            case 0x2a -> new Canon.ThreadSuspendThenResume(afterReserved(at));
            case 0x2b -> new Canon.ThreadYieldThenResume(afterReserved(at));
            case 0x2c -> new Canon.ThreadSuspendThenPromote(afterReserved(at));
            case 0x2d -> new Canon.ThreadYieldThenPromote(afterReserved(at));
            case 0x2e -> new Canon.StreamForward(in.readIndex(), at);
            case 0x2f -> new Canon.FutureForward(in.readIndex(), at);
            case 0x40 -> new Canon.ThreadSpawnRef(readShared(), in.readIndex(), at);
            case 0x41 -> new Canon.ThreadSpawnIndirect(readShared(), in.readIndex(), in.readIndex(), at);
            case 0x42 -> new Canon.ThreadAvailableParallelism(readShared(), at);
            default -> throw BinaryReader.unexpected(at, code, "canonical definition", "");
        };
    }

    private ValType readSlotType(String builtin) {
        int at = in.position();
        ValType type = coreTypes.readValType();
        if (type == NumType.I64) {
            gates.require(ComponentFeature.MEMORY64, at, "64-bit `" + builtin + "`");
        }
        return type;
    }

    private boolean readAsync() {
        return in.readFlag("`async` immediate");
    }

    /** Steps over the byte that once said {@code cancellable}, and gives back {@code at}. */
    private int afterReserved(int at) {
        in.expect(0x00, "reserved byte");
        return at;
    }

    /** The memory of a definition whose first byte is reserved. */
    private int readMemory() {
        in.expect(0x00, "reserved byte");
        return in.readIndex();
    }

    private boolean readShared() {
        return in.readFlag("`shared` immediate");
    }

    /** One {@code canonopt}: its code, and its index if it has one. */
    private record Option(int code, int index, int offset) {}

    /** {@code opts}, of which each may stand once: Binary.md, "Canonical Definitions". */
    private CanonicalOptions readOptions() {
        List<Option> options = in.readVector(this::readOption);
        var seen = new HashSet<Integer>();
        for (Option option : options) {
            // the encodings exclude each other
            if (!seen.add(Math.max(option.code, 2))) {
                gates.invalid(option.offset, "canonical option `" + name(option.code) + "` is given twice");
            }
        }
        return new CanonicalOptions(
                encoding(options),
                find(options, 3),
                find(options, 4),
                find(options, 5),
                seen.contains(6),
                find(options, 7),
                options.stream()
                        .map(option ->
                                new CanonicalOptions.Option(CanonicalOptions.Kind.values()[option.code], option.index))
                        .toList());
    }

    private Option readOption() {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0, 1, 2, 6 -> new Option(code, 0, at);
            case 3, 4, 5, 7 -> new Option(code, in.readIndex(), at);
            case 8 -> {
                gates.require(ComponentFeature.GC, at, "canonical option `core-type`");
                yield new Option(code, in.readIndex(), at);
            }
            case 9 -> {
                gates.require(ComponentFeature.GC, at, "canonical option `gc`");
                yield new Option(code, 0, at);
            }
            default -> throw BinaryReader.unexpected(at, code, "canonical option", "0x0 to 0x9");
        };
    }

    private static StringEncoding encoding(List<Option> options) {
        return options.stream()
                .filter(option -> option.code <= 2)
                .findFirst()
                .map(option -> StringEncoding.values()[option.code])
                .orElse(StringEncoding.UTF8);
    }

    private static Optional<Integer> find(List<Option> options, int code) {
        return options.stream()
                .filter(option -> option.code == code)
                .findFirst()
                .map(Option::index);
    }

    private static String name(int code) {
        return switch (code) {
            case 3 -> "memory";
            case 4 -> "realloc";
            case 5 -> "post-return";
            case 6 -> "async";
            case 7 -> "callback";
            case 8 -> "core-type";
            case 9 -> "gc";
            default -> "string-encoding";
        };
    }
}
