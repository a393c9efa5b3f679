package tenon.text.component;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.text.core.TypeReader;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.wasm.BinaryWriter;

/** Canonical definitions: Explainer.md, "Canonical Definitions", with the codes of Binary.md. */
record Canons(Cursor at, Scope scope) {

    /** What stands behind a built-in's name, and so behind its code. */
    private enum Immediate {
        TYPE,
        CORE_TYPE,
        TABLE,
        MEMORY,
        OPTIONS,
        RESULT,
        VALUE_TYPE,
        NUMBER,
        ASYNC,
        RESERVED,
        SHARED
    }

    private record Builtin(int code, List<Immediate> immediates) {
        Builtin(int code, Immediate... immediates) {
            this(code, List.of(immediates));
        }
    }

    private static final Map<String, Builtin> BUILTINS = Map.ofEntries(
            Map.entry("resource.new", new Builtin(0x02, Immediate.TYPE)),
            Map.entry("resource.drop", new Builtin(0x03, Immediate.TYPE)),
            Map.entry("resource.rep", new Builtin(0x04, Immediate.TYPE)),
            Map.entry("task.cancel", new Builtin(0x05)),
            Map.entry("subtask.cancel", new Builtin(0x06, Immediate.ASYNC)),
            Map.entry("task.return", new Builtin(0x09, Immediate.RESULT, Immediate.OPTIONS)),
            Map.entry("context.get", new Builtin(0x0a, Immediate.VALUE_TYPE, Immediate.NUMBER)),
            Map.entry("context.set", new Builtin(0x0b, Immediate.VALUE_TYPE, Immediate.NUMBER)),
            Map.entry("thread.yield", new Builtin(0x0c, Immediate.RESERVED)),
            Map.entry("subtask.drop", new Builtin(0x0d)),
            Map.entry("stream.new", new Builtin(0x0e, Immediate.TYPE)),
            Map.entry("stream.read", new Builtin(0x0f, Immediate.TYPE, Immediate.OPTIONS)),
            Map.entry("stream.write", new Builtin(0x10, Immediate.TYPE, Immediate.OPTIONS)),
            Map.entry("stream.cancel-read", new Builtin(0x11, Immediate.TYPE, Immediate.ASYNC)),
            Map.entry("stream.cancel-write", new Builtin(0x12, Immediate.TYPE, Immediate.ASYNC)),
            Map.entry("stream.drop-readable", new Builtin(0x13, Immediate.TYPE)),
            Map.entry("stream.drop-writable", new Builtin(0x14, Immediate.TYPE)),
            Map.entry("future.new", new Builtin(0x15, Immediate.TYPE)),
            Map.entry("future.read", new Builtin(0x16, Immediate.TYPE, Immediate.OPTIONS)),
            Map.entry("future.write", new Builtin(0x17, Immediate.TYPE, Immediate.OPTIONS)),
            Map.entry("future.cancel-read", new Builtin(0x18, Immediate.TYPE, Immediate.ASYNC)),
            Map.entry("future.cancel-write", new Builtin(0x19, Immediate.TYPE, Immediate.ASYNC)),
            Map.entry("future.drop-readable", new Builtin(0x1a, Immediate.TYPE)),
            Map.entry("future.drop-writable", new Builtin(0x1b, Immediate.TYPE)),
            Map.entry("error-context.new", new Builtin(0x1c, Immediate.OPTIONS)),
            Map.entry("error-context.debug-message", new Builtin(0x1d, Immediate.OPTIONS)),
            Map.entry("error-context.drop", new Builtin(0x1e)),
            Map.entry("waitable-set.new", new Builtin(0x1f)),
            Map.entry("waitable-set.wait", new Builtin(0x20, Immediate.RESERVED, Immediate.MEMORY)),
            Map.entry("waitable-set.poll", new Builtin(0x21, Immediate.RESERVED, Immediate.MEMORY)),
            Map.entry("waitable-set.drop", new Builtin(0x22)),
            Map.entry("waitable.join", new Builtin(0x23)),
            Map.entry("backpressure.inc", new Builtin(0x24)),
            Map.entry("backpressure.dec", new Builtin(0x25)),
            Map.entry("thread.index", new Builtin(0x26)),
            Map.entry("thread.new-indirect", new Builtin(0x27, Immediate.CORE_TYPE, Immediate.TABLE)),
            Map.entry("thread.resume-later", new Builtin(0x28)),
            Map.entry("thread.suspend", new Builtin(0x29, Immediate.RESERVED)),
            Map.entry("thread.suspend-then-resume", new Builtin(0x2a, Immediate.RESERVED)),
            Map.entry("thread.yield-then-resume", new Builtin(0x2b, Immediate.RESERVED)),
            Map.entry("thread.suspend-then-promote", new Builtin(0x2c, Immediate.RESERVED)),
            Map.entry("thread.yield-then-promote", new Builtin(0x2d, Immediate.RESERVED)),
            Map.entry("stream.forward", new Builtin(0x2e, Immediate.TYPE)),
            Map.entry("future.forward", new Builtin(0x2f, Immediate.TYPE)),
            Map.entry("thread.spawn-ref", new Builtin(0x40, Immediate.SHARED, Immediate.CORE_TYPE)),
            Map.entry(
                    "thread.spawn-indirect", new Builtin(0x41, Immediate.SHARED, Immediate.CORE_TYPE, Immediate.TABLE)),
            Map.entry("thread.available-parallelism", new Builtin(0x42, Immediate.SHARED)));

    /** A definition, from behind {@code canon}. */
    void read() {
        if (at.take("lift")) {
            BinaryWriter content = lift();
            at.expectOpen();
            at.expectKeyword("func");
            Cursor id = at.fork();
            at.takeIdentifier();
            content.writeU32(new Types(at, scope).use(Types.Use.FUNC));
            at.expectClose();
            scope.add(Part.CANON, content);
            scope.define(Sort.FUNC, id);
            return;
        }
        BinaryWriter content = coreFunction();
        at.expectOpen();
        at.expectKeyword("core");
        at.expectKeyword("func");
        scope.add(Part.CANON, content);
        scope.define(Sort.CORE_FUNC, at);
        at.expectClose();
    }

    /** {@code lift} from behind its name, without the type that stands at the end of the binary. */
    BinaryWriter lift() {
        int function = new References(at, scope).read(Sort.CORE_FUNC);
        return new BinaryWriter()
                .writeByte(0x00)
                .writeByte(0x00)
                .writeU32(function)
                .write(options());
    }

    /** {@code lower} or a built-in, from behind {@code canon}. */
    BinaryWriter coreFunction() {
        if (at.take("lower")) {
            int function = new References(at, scope).read(Sort.FUNC);
            return new BinaryWriter()
                    .writeByte(0x01)
                    .writeByte(0x00)
                    .writeU32(function)
                    .write(options());
        }
        Builtin builtin = at.at(Token.KEYWORD) ? BUILTINS.get(at.text()) : null;
        if (builtin == null) {
            throw at.unexpected("`lift`, `lower` or the name of a built-in");
        }
        at.skip();
        var out = new BinaryWriter().writeByte(builtin.code);
        builtin.immediates.forEach(immediate -> write(out, immediate));
        return out;
    }

    private void write(BinaryWriter out, Immediate immediate) {
        var references = new References(at, scope);
        switch (immediate) {
            case TYPE -> out.writeU32(references.read(Sort.TYPE));
            case CORE_TYPE -> out.writeU32(references.read(Sort.CORE_TYPE));
            case TABLE -> out.writeU32(references.read(Sort.CORE_TABLE));
            case MEMORY ->
                out.writeU32(option("memory", Sort.CORE_MEMORY).orElseThrow(() -> at.unexpected("`(memory`")));
            case OPTIONS -> out.write(options());
            case RESULT -> out.write(new ValueTypes(at, scope).resultList());
            case VALUE_TYPE -> out.writeValType(new TypeReader(scope.space(Sort.CORE_TYPE)).valType(at));
            case NUMBER -> out.writeU32(at.expectU32());
            case ASYNC -> out.writeByte(at.take("async") ? 1 : 0);
            case RESERVED -> out.writeByte(0);
            case SHARED -> out.writeByte(at.take("shared") ? 1 : 0);
        }
    }

    /** {@code opts}; and those of proposal "GC" of the Component Model, with the codes that tools give them. */
    private BinaryWriter options() {
        var options = new BinaryWriter();
        int count = 0;
        while (option(options)) {
            count++;
        }
        return new BinaryWriter().writeU32(count).write(options);
    }

    private boolean option(BinaryWriter out) {
        int plain = plainOption();
        if (plain >= 0) {
            out.writeByte(plain);
            return true;
        }
        return indexOption(out, 0x03, "memory", Sort.CORE_MEMORY)
                || indexOption(out, 0x04, "realloc", Sort.CORE_FUNC)
                || indexOption(out, 0x05, "post-return", Sort.CORE_FUNC)
                || indexOption(out, 0x07, "callback", Sort.CORE_FUNC)
                || indexOption(out, 0x08, "core-type", Sort.CORE_TYPE);
    }

    private int plainOption() {
        if (at.take("string-encoding=utf8")) {
            return 0x00;
        }
        if (at.take("string-encoding=utf16")) {
            return 0x01;
        }
        if (at.take("string-encoding=latin1+utf16")) {
            return 0x02;
        }
        if (at.take("async")) {
            return 0x06;
        }
        return at.take("gc") ? 0x09 : -1;
    }

    private boolean indexOption(BinaryWriter out, int code, String word, Sort sort) {
        Optional<Integer> index = option(word, sort);
        index.ifPresent(present -> out.writeByte(code).writeU32(present));
        return index.isPresent();
    }

    /** {@code (word index)}; the index may be what a core instance exports. */
    private Optional<Integer> option(String word, Sort sort) {
        if (!at.takeOpen(word)) {
            return Optional.empty();
        }
        var references = new References(at, scope);
        int index = at.at(Token.OPEN) ? references.read(sort) : references.content(sort);
        at.expectClose();
        return Optional.of(index);
    }
}
