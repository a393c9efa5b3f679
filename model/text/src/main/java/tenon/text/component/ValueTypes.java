package tenon.text.component;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import tenon.text.core.IndexSpace;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.wasm.BinaryWriter;

/** Value types: {@code valtype} and {@code defvaltype} of Explainer.md, "Type Definitions". */
record ValueTypes(Cursor at, Scope scope) {
    private static final Map<String, Integer> PRIMITIVES = Map.ofEntries(
            Map.entry("bool", 0x7f),
            Map.entry("s8", 0x7e),
            Map.entry("u8", 0x7d),
            Map.entry("s16", 0x7c),
            Map.entry("u16", 0x7b),
            Map.entry("s32", 0x7a),
            Map.entry("u32", 0x79),
            Map.entry("s64", 0x78),
            Map.entry("u64", 0x77),
            Map.entry("f32", 0x76),
            Map.entry("f64", 0x75),
            // as older texts write them
            Map.entry("float32", 0x76),
            Map.entry("float64", 0x75),
            Map.entry("char", 0x74),
            Map.entry("string", 0x73),
            Map.entry("error-context", 0x64));

    /** The types of core modules that people write here. */
    private static final Map<String, String> HINTS = Map.of("i32", "s32", "i64", "s64");

    /** A {@code valtype} as the binary has it: an index, or a code below zero. */
    record ValType(long code) {
        void write(BinaryWriter out) {
            out.writeSigned(code);
        }
    }

    private static final int CODES = 0x80;

    /** Whether a value type is next. */
    boolean here() {
        return IndexSpace.atIndex(at) || at.at(Token.OPEN) || at.at(Token.KEYWORD);
    }

    /** Steps over a value type; one that is written out gets an index, in front of what uses it. */
    ValType read() {
        if (IndexSpace.atIndex(at)) {
            return ofIndex(scope.resolve(at, Sort.TYPE));
        }
        var references = new References(at, scope);
        if (references.atTypeUse()) {
            return ofIndex(references.read(Sort.TYPE));
        }
        if (at.at(Token.OPEN)) {
            at.expectOpen();
            var content = defined();
            at.expectClose();
            return ofIndex(scope.addType(content));
        }
        return new ValType(primitive() - CODES);
    }

    private static ValType ofIndex(int index) {
        return new ValType(Integer.toUnsignedLong(index));
    }

    private Optional<ValType> optional() {
        return at.at(Token.CLOSE) ? Optional.empty() : Optional.of(read());
    }

    private static void writeOptional(BinaryWriter out, Optional<ValType> type) {
        out.writeByte(type.isPresent() ? 1 : 0);
        type.ifPresent(present -> present.write(out));
    }

    /** Steps over a primitive type, and gives its code. */
    int primitive() {
        String word = at.at(Token.KEYWORD) ? at.text() : "";
        Integer code = PRIMITIVES.get(word);
        if (code == null) {
            String hint = HINTS.get(word);
            throw at.unexpected(hint == null ? "a value type" : "a value type such as `" + hint + "`");
        }
        at.skip();
        return code;
    }

    /** A type in parentheses, between these. */
    BinaryWriter defined() {
        scope.enter(at);
        var out = new BinaryWriter();
        switch (at.at(Token.KEYWORD) ? at.text() : "") {
            case "record" -> record(out);
            case "variant" -> variant(out);
            case "list" -> list(out);
            case "tuple" -> tuple(out);
            case "flags" -> labels(out, 0x6e);
            case "enum" -> labels(out, 0x6d);
            case "option" -> {
                at.skip();
                read().write(out.writeByte(0x6b));
            }
            case "result" -> result(out);
            case "own" -> handle(out, 0x69);
            case "borrow" -> handle(out, 0x68);
            case "stream" -> {
                at.skip();
                writeOptional(out.writeByte(0x66), optional());
            }
            case "future" -> {
                at.skip();
                writeOptional(out.writeByte(0x65), optional());
            }
            case "map" -> {
                at.skip();
                ValType key = read();
                ValType value = read();
                key.write(out.writeByte(0x63));
                value.write(out);
            }
            default -> throw at.unexpected("a type");
        }
        scope.leave();
        return out;
    }

    private void record(BinaryWriter out) {
        at.skip();
        labelled(out.writeByte(0x72), "field");
    }

    /** A vector of {@code (word "label" type)}. */
    void labelled(BinaryWriter out, String word) {
        var items = new BinaryWriter();
        int count = 0;
        while (at.takeOpen(word)) {
            String label = at.expectName();
            ValType type = read();
            at.expectClose();
            type.write(items.writeName(label));
            count++;
        }
        out.writeU32(count).write(items);
    }

    private void variant(BinaryWriter out) {
        at.skip();
        var cases = new BinaryWriter();
        var identifiers = new HashSet<String>();
        int count = 0;
        while (at.takeOpen("case")) {
            int start = at.index();
            at.takeIdentifier().filter(each -> !identifiers.add(each)).ifPresent(again -> {
                throw at.malformed(start, "duplicate variant case identifier `$" + again + "`");
            });
            String label = at.expectName();
            Optional<ValType> type = optional();
            at.expectClose();
            writeOptional(cases.writeName(label), type);
            cases.writeByte(0x00);
            count++;
        }
        out.writeByte(0x71).writeU32(count).write(cases);
    }

    private void list(BinaryWriter out) {
        at.skip();
        ValType element = read();
        if (at.at(Token.CLOSE)) {
            element.write(out.writeByte(0x70));
        } else {
            element.write(out.writeByte(0x67));
            out.writeU32(at.expectU32());
        }
    }

    private void tuple(BinaryWriter out) {
        at.skip();
        var types = new BinaryWriter();
        int count = 0;
        while (!at.at(Token.CLOSE)) {
            read().write(types);
            count++;
        }
        out.writeByte(0x6f).writeU32(count).write(types);
    }

    private void labels(BinaryWriter out, int code) {
        at.skip();
        var labels = new BinaryWriter();
        int count = 0;
        while (!at.at(Token.CLOSE)) {
            labels.writeName(at.expectName());
            count++;
        }
        out.writeByte(code).writeU32(count).write(labels);
    }

    private void result(BinaryWriter out) {
        at.skip();
        Optional<ValType> ok = at.at(Token.CLOSE) || at.atOpen("error") ? Optional.empty() : Optional.of(read());
        Optional<ValType> error = Optional.empty();
        if (at.takeOpen("error")) {
            error = Optional.of(read());
            at.expectClose();
        }
        writeOptional(out.writeByte(0x6a), ok);
        writeOptional(out, error);
    }

    private void handle(BinaryWriter out, int code) {
        at.skip();
        out.writeByte(code).writeU32(new References(at, scope).read(Sort.TYPE));
    }

    /** {@code resultlist}: {@code (result type)} or nothing. */
    BinaryWriter resultList() {
        var out = new BinaryWriter();
        if (!at.takeOpen("result")) {
            return out.writeByte(0x01).writeByte(0x00);
        }
        read().write(out.writeByte(0x00));
        at.expectClose();
        return out;
    }
}
