package tenon.text.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.text.lex.Annotation;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.wasm.Module.ExternKind;

/** The fields of a module: WebAssembly 3.0, "Modules" of the text format. Confined to one thread. */
public final class ModuleReader {
    private final Cursor cursor;
    private final Scope scope = new Scope();
    private final List<TypeField> types = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private boolean started;

    /** The first function, table, memory, global or tag that is no import. */
    private @Nullable ExternKind defined;

    private ModuleReader(Cursor cursor) {
        this.cursor = cursor;
    }

    /**
     * Reads {@code (module …)}, or fields without that frame up to the end of the text, and gives the module's binary.
     *
     * @throws tenon.types.MalformedException for text that is no module
     */
    public static byte[] wholeText(Cursor cursor) {
        boolean framed = cursor.takeOpen("module");
        byte[] binary = framed ? fields(cursor) : fields(cursor, Optional.empty());
        if (framed) {
            cursor.expectClose();
        }
        if (!cursor.at(Token.END)) {
            throw cursor.unexpected("the end of the text");
        }
        return binary;
    }

    /** Reads an identifier and fields, from behind {@code module} up to the parenthesis that closes it. */
    public static byte[] fields(Cursor cursor) {
        return fields(cursor, IndexSpace.annotatedName(cursor, cursor.takeIdentifier()));
    }

    /** Reads fields up to the parenthesis that closes the module, which has this name. */
    public static byte[] fields(Cursor cursor, Optional<String> name) {
        return new ModuleReader(cursor).read(name);
    }

    private byte[] read(Optional<String> name) {
        int from = cursor.index();
        var assembler = new Assembler(scope, name);
        customs(assembler);
        while (cursor.at(Token.OPEN)) {
            declare();
            customs(assembler);
        }
        if (!cursor.at(Token.CLOSE) && !cursor.at(Token.END)) {
            throw cursor.unexpected("a module field");
        }
        types.forEach(type -> type.define(scope.types()));
        fields.forEach(field -> field.assemble(assembler));
        refuseMisplaced(from, assembler);
        return assembler.binary();
    }

    /** The custom sections in front of the next field. */
    private void customs(Assembler assembler) {
        for (Annotation annotation : cursor.tokens().annotations(cursor.index(), cursor.index() + 1)) {
            if (annotation.isSection()) {
                assembler.custom(CustomSection.read(annotation));
                assembler.consume(annotation);
            }
        }
    }

    private void refuseMisplaced(int from, Assembler assembler) {
        for (Annotation annotation : cursor.tokens().annotations(from, cursor.index() + 1)) {
            if (!annotation.id().equals(Annotation.NAME) && !assembler.isConsumed(annotation)) {
                String fact = annotation.isSection()
                        ? "misplaced @" + annotation.id() + " annotation"
                        : BranchHint.PREFIX + "not in a function";
                throw cursor.tokens().source().malformed(annotation.offset(), fact);
            }
        }
    }

    /** The first pass over one field. */
    private void declare() {
        int close = cursor.partner();
        cursor.skip();
        Cursor at = cursor.fork();
        switch (cursor.at(Token.KEYWORD) ? cursor.text() : "") {
            case "type", "rec" -> types.add(TypeField.declare(at, scope));
            case "import" -> declareImport(at);
            case "func", "table", "memory", "global", "tag" -> declareExtern(at, close, Optional.empty());
            case "export" -> {
                at.skip();
                fields.add(new ExportField(at));
            }
            case "start" -> {
                if (started) {
                    throw cursor.malformed("multiple start sections");
                }
                started = true;
                at.skip();
                fields.add(new StartField(at));
            }
            case "elem" -> {
                at.skip();
                scope.elements().declare(at);
                fields.add(new ElementField(at));
            }
            case "data" -> {
                at.skip();
                scope.data().declare(at);
                fields.add(new DataField(at));
            }
            default -> throw cursor.unexpected("a module field");
        }
        cursor.moveTo(close + 1);
    }

    private void declareImport(Cursor at) {
        at.skip();
        var name = Header.importName(at);
        if (!at.at(Token.OPEN)) {
            throw at.unexpected("`(`");
        }
        int close = at.partner();
        at.skip();
        declareExtern(at.fork(), close, Optional.of(name));
        at.moveTo(close + 1);
        at.expectClose();
    }

    private void declareExtern(Cursor at, int close, Optional<Header.ImportName> outer) {
        ExternKind kind = externKind(at);
        int token = at.index();
        at.skip();
        var header = Header.declare(kind, at, close, scope, outer);
        if (header.imported().isEmpty()) {
            defined = defined == null ? kind : defined;
        } else if (defined != null) {
            throw at.malformed(token, "import after " + (defined == ExternKind.FUNCTION ? "function" : word(defined)));
        }
        fields.add(
                switch (kind) {
                    case FUNCTION -> new FunctionField(header);
                    case TABLE -> TableField.declare(header, scope);
                    case MEMORY -> MemoryField.declare(header, scope);
                    case GLOBAL -> new GlobalField(header);
                    case TAG -> new TagField(header);
                });
    }

    /** The kind whose keyword is next. */
    static ExternKind externKind(Cursor at) {
        for (ExternKind kind : ExternKind.values()) {
            if (at.atKeyword(word(kind))) {
                return kind;
            }
        }
        throw at.unexpected("`func`, `table`, `memory`, `global` or `tag`");
    }

    private static String word(ExternKind kind) {
        return switch (kind) {
            case FUNCTION -> "func";
            case TABLE -> "table";
            case MEMORY -> "memory";
            case GLOBAL -> "global";
            case TAG -> "tag";
        };
    }
}
