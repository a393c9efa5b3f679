package tenon.component.write;

import java.util.Optional;
import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.TypeExpression.ValueReference;
import tenon.wasm.BinaryWriter;

/**
 * Writes canonical definitions: Binary.md, "Canonical Definitions".
 *
 * @param encoding whether UTF-8 is written, which holds without it, too
 */
record CanonEncoder(BinaryWriter out, boolean encoding) {

    void write(Canon canon) {
        switch (canon) {
            case Canon.Lift(int function, CanonicalOptions options, int type, long _) -> {
                out.writeByte(0x00).writeByte(0x00).writeU32(function);
                write(options).writeU32(type);
            }
            case Canon.Lower(int function, CanonicalOptions options, long _) -> {
                out.writeByte(0x01).writeByte(0x00).writeU32(function);
                write(options);
            }
            case Canon.ResourceNew resource -> index(0x02, resource.resource());
            case Canon.ResourceDrop resource -> index(0x03, resource.resource());
            case Canon.ResourceRep resource -> index(0x04, resource.resource());
            case Canon.TaskCancel _ -> out.writeByte(0x05);
            case Canon.SubtaskCancel subtask -> flag(0x06, subtask.async());
            case Canon.TaskReturn(Optional<ValueReference> result, CanonicalOptions options, long _) -> {
                TypeEncoder.writeResult(out.writeByte(0x09), result);
                write(options);
            }
            case Canon.ContextGet context ->
                out.writeByte(0x0a).writeValType(context.type()).writeU32(context.slot());
            case Canon.ContextSet context ->
                out.writeByte(0x0b).writeValType(context.type()).writeU32(context.slot());
            case Canon.SubtaskDrop _ -> out.writeByte(0x0d);
            case Canon.ErrorContextNew error -> options(0x1c, error.options());
            case Canon.ErrorContextDebugMessage error -> options(0x1d, error.options());
            case Canon.ErrorContextDrop _ -> out.writeByte(0x1e);
            case Canon.WaitableSetNew _ -> out.writeByte(0x1f);
            case Canon.WaitableSetWait wait -> flag(0x20, false).writeU32(wait.memory());
            case Canon.WaitableSetPoll poll -> flag(0x21, false).writeU32(poll.memory());
            case Canon.WaitableSetDrop _ -> out.writeByte(0x22);
            case Canon.WaitableJoin _ -> out.writeByte(0x23);
            case Canon.BackpressureInc _ -> out.writeByte(0x24);
            case Canon.BackpressureDec _ -> out.writeByte(0x25);
            case Canon.StreamNew stream -> index(0x0e, stream.type());
            case Canon.StreamRead stream -> transfer(0x0f, stream.type(), stream.options());
            case Canon.StreamWrite stream -> transfer(0x10, stream.type(), stream.options());
            case Canon.StreamForward stream -> index(0x2e, stream.type());
            case Canon.StreamCancelRead stream -> cancel(0x11, stream.type(), stream.async());
            case Canon.StreamCancelWrite stream -> cancel(0x12, stream.type(), stream.async());
            case Canon.StreamDropReadable stream -> index(0x13, stream.type());
            case Canon.StreamDropWritable stream -> index(0x14, stream.type());
            case Canon.FutureNew future -> index(0x15, future.type());
            case Canon.FutureRead future -> transfer(0x16, future.type(), future.options());
            case Canon.FutureWrite future -> transfer(0x17, future.type(), future.options());
            case Canon.FutureForward future -> index(0x2f, future.type());
            case Canon.FutureCancelRead future -> cancel(0x18, future.type(), future.async());
            case Canon.FutureCancelWrite future -> cancel(0x19, future.type(), future.async());
            case Canon.FutureDropReadable future -> index(0x1a, future.type());
            case Canon.FutureDropWritable future -> index(0x1b, future.type());
            case Canon.ThreadYield _ -> flag(0x0c, false);
            case Canon.ThreadIndex _ -> out.writeByte(0x26);
            case Canon.ThreadNewIndirect thread -> index(0x27, thread.type()).writeU32(thread.table());
            case Canon.ThreadResumeLater _ -> out.writeByte(0x28);
            case Canon.ThreadSuspend _ -> flag(0x29, false);
            case Canon.ThreadSuspendThenResume _ -> flag(0x2a, false);
            case Canon.ThreadYieldThenResume _ -> flag(0x2b, false);
            case Canon.ThreadSuspendThenPromote _ -> flag(0x2c, false);
            case Canon.ThreadYieldThenPromote _ -> flag(0x2d, false);
            case Canon.ThreadSpawnRef thread -> flag(0x40, thread.shared()).writeU32(thread.type());
            case Canon.ThreadSpawnIndirect thread ->
                flag(0x41, thread.shared()).writeU32(thread.type()).writeU32(thread.table());
            case Canon.ThreadAvailableParallelism thread -> flag(0x42, thread.shared());
        }
    }

    private BinaryWriter index(int code, int index) {
        return out.writeByte(code).writeU32(index);
    }

    /** A definition with a flag; where one has lost its meaning it is reserved, and false. */
    private BinaryWriter flag(int code, boolean flag) {
        return out.writeByte(code).writeByte(flag ? 1 : 0);
    }

    private void options(int code, CanonicalOptions options) {
        out.writeByte(code);
        write(options);
    }

    private void transfer(int code, int type, CanonicalOptions options) {
        index(code, type);
        write(options);
    }

    private void cancel(int code, int type, boolean async) {
        index(code, type).writeByte(async ? 1 : 0);
    }

    private BinaryWriter write(CanonicalOptions options) {
        var written = new BinaryWriter();
        int count = index(written, 0x03, options.memory()) + index(written, 0x04, options.realloc());
        if (encoding || options.encoding() != StringEncoding.UTF8) {
            written.writeByte(
                    switch (options.encoding()) {
                        case UTF8 -> 0x00;
                        case UTF16 -> 0x01;
                        case LATIN1_UTF16 -> 0x02;
                    });
            count++;
        }
        if (options.async()) {
            written.writeByte(0x06);
            count++;
        }
        count += index(written, 0x07, options.callback()) + index(written, 0x05, options.postReturn());
        count += index(written, 0x08, options.coreType());
        if (options.gc()) {
            written.writeByte(0x09);
            count++;
        }
        return out.writeU32(count).write(written);
    }

    private static int index(BinaryWriter out, int code, Optional<Integer> index) {
        index.ifPresent(present -> out.writeByte(code).writeU32(present));
        return index.isPresent() ? 1 : 0;
    }
}
