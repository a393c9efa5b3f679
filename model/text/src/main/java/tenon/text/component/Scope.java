package tenon.text.component;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.text.core.IndexSpace;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.MalformedException;
import tenon.wasm.BinaryWriter;

/**
 * A component, or a type with declarations, while it is read: its index spaces, and its binary in the making. An identifier that it
 * does not know is looked for in the scopes around it, and found there becomes an alias: Explainer.md, "Alias Definitions".
 */
final class Scope {
    /** Deeper nested text is refused, so that hostile input cannot exhaust the stack. */
    private static final int MAX_NESTING = 500;

    private static final byte[] PREAMBLE = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};
    private static final int NAME_CODE = 0;
    private static final int SORT_NAMES_CODE = 1;

    /** What has scopes of its own. */
    enum Kind {
        COMPONENT,
        COMPONENT_TYPE,
        INSTANCE_TYPE,
        MODULE_TYPE
    }

    /** How deep the text is nested at this point, counted over all scopes. */
    private static final class Nesting {
        private int depth;
    }

    private final Kind kind;
    private final @Nullable Scope outer;
    private final Optional<String> name;
    private final Nesting nesting;
    private final Map<Sort, IndexSpace> spaces = new EnumMap<>(Sort.class);
    private final Map<Sort, Map<String, Integer>> aliased = new EnumMap<>(Sort.class);
    private final BinaryWriter out = new BinaryWriter();

    /** Items that are to become one section; of a type, all its declarations. */
    private final BinaryWriter items = new BinaryWriter();

    private BinaryWriter open = items;
    private int count;
    private @Nullable Part part;

    /** A scope in another one; {@code name} is the identifier by which {@code alias outer} calls it. */
    Scope(Kind kind, @Nullable Scope outer, Optional<String> name) {
        this.kind = kind;
        this.outer = outer;
        this.name = name;
        this.nesting = outer == null ? new Nesting() : outer.nesting;
        for (Sort sort : Sort.values()) {
            spaces.put(sort, new IndexSpace(sort.toString()));
        }
        if (kind == Kind.COMPONENT) {
            out.write(PREAMBLE);
        }
    }

    boolean isModuleType() {
        return kind == Kind.MODULE_TYPE;
    }

    /** Begins something that may stand inside itself. */
    void enter(Cursor at) {
        if (++nesting.depth > MAX_NESTING) {
            throw at.malformed("types and components are nested more than " + MAX_NESTING + " deep");
        }
    }

    /** Ends it. */
    void leave() {
        nesting.depth--;
    }

    IndexSpace space(Sort sort) {
        return Objects.requireNonNull(spaces.get(sort));
    }

    /** The next index of a sort, for which {@code id} stands if it is at an identifier. */
    int define(Sort sort, Cursor id) {
        return space(sort).declare(id);
    }

    /** Adds a definition; a run of the same kind shares a section. */
    void add(Part next, BinaryWriter content) {
        if (kind != Kind.COMPONENT) {
            items.writeByte(next.declaration(kind)).write(content);
            count++;
            return;
        }
        if (part != next) {
            flush();
            part = next;
        }
        open.write(content);
        count++;
    }

    /** Adds a section that holds one definition. */
    void addSection(int id, byte[] content) {
        flush();
        out.writeByte(id).writeVector(content);
    }

    private void flush() {
        if (part != null) {
            out.writeSection(part.section(), new BinaryWriter().writeU32(count).write(open));
        }
        part = null;
        open = new BinaryWriter();
        count = 0;
    }

    /** Adds an anonymous type. */
    int addType(BinaryWriter content) {
        add(Part.TYPE, content);
        return space(Sort.TYPE).declare();
    }

    /** Adds an anonymous alias. */
    int addAlias(Sort sort, BinaryWriter content) {
        add(Part.ALIAS, content);
        return space(sort).declare();
    }

    /** Steps over an index or identifier of a sort. */
    int resolve(Cursor at, Sort sort) {
        if (!at.at(Token.IDENTIFIER)) {
            return space(sort).resolve(at);
        }
        String id = at.tokens().name(at.index());
        Optional<Integer> known = find(sort, id);
        if (known.isEmpty()) {
            int depth = 1;
            for (Scope scope = outer; scope != null && known.isEmpty(); scope = scope.outer, depth++) {
                Optional<Integer> found = scope.space(sort).find(id);
                if (found.isPresent()) {
                    known = Optional.of(aliasOuter(at, sort, id, depth, found.get()));
                }
            }
        }
        if (known.isEmpty()) {
            throw unknown(at, sort, id);
        }
        at.skip();
        return known.get();
    }

    private static MalformedException unknown(Cursor at, Sort sort, String id) {
        return at.malformed("unknown " + sort + " `$" + id + "`");
    }

    private Optional<Integer> find(Sort sort, String id) {
        return space(sort)
                .find(id)
                .or(() ->
                        Optional.ofNullable(aliased.getOrDefault(sort, Map.of()).get(id)));
    }

    private int aliasOuter(Cursor at, Sort sort, String id, int depth, int index) {
        if (!sort.isOuter()) {
            throw at.malformed("outer " + sort + " `$" + id
                    + "` cannot be used in here, expected a module, a type or a component");
        }
        int alias = addAlias(sort, outerAlias(sort, depth, index));
        aliased.computeIfAbsent(sort, _ -> new HashMap<>()).put(id, alias);
        return alias;
    }

    /** An alias of what lies {@code depth} scopes further out. */
    BinaryWriter outerAlias(Sort sort, int depth, int index) {
        var content = new BinaryWriter();
        if (kind == Kind.MODULE_TYPE) {
            sort.writeCore(content).writeByte(0x01);
        } else {
            sort.write(content).writeByte(0x02);
        }
        return content.writeU32(depth).writeU32(index);
    }

    /** Steps over a scope's number or name, then over an index in there, and gives the alias. */
    BinaryWriter outerAlias(Cursor at, Cursor target, Sort sort) {
        int token = at.index();
        int depth = at.at(Token.IDENTIFIER) ? depthOf(at) : at.expectU32();
        target.moveTo(at.index());
        if (target.at(Token.INTEGER)) {
            int index = target.expectU32();
            at.moveTo(target.index());
            return outerAlias(sort, depth, index);
        }
        String id = target.expectIdentifier();
        Scope scope = this;
        for (int i = 0; i != depth && scope != null; i++) {
            scope = scope.outer;
        }
        if (scope == null) {
            throw at.malformed(token, "outer count " + Integer.toUnsignedString(depth) + " is too large");
        }
        Optional<Integer> index = scope.space(sort).find(id);
        if (index.isEmpty()) {
            throw unknown(at, sort, id);
        }
        at.moveTo(target.index());
        return outerAlias(sort, depth, index.get());
    }

    private int depthOf(Cursor at) {
        String id = at.tokens().name(at.index());
        int depth = 0;
        for (Scope scope = this; scope != null; scope = scope.outer, depth++) {
            if (scope.name.equals(Optional.of(id))) {
                at.skip();
                return depth;
            }
        }
        throw at.malformed("unknown outer component `$" + id + "`");
    }

    /** The declarations of a type: a vector. */
    BinaryWriter declarations() {
        return new BinaryWriter().writeU32(count).write(items);
    }

    /** The whole component. */
    byte[] binary() {
        flush();
        BinaryWriter names = names();
        if (names.size() > 0) {
            out.writeSection(0, new BinaryWriter().writeName("component-name").write(names));
        }
        return out.toByteArray();
    }

    /** Binary.md, "Name Section". */
    private BinaryWriter names() {
        var section = new BinaryWriter();
        name.ifPresent(text -> section.writeSection(NAME_CODE, new BinaryWriter().writeName(text)));
        spaces.forEach((sort, space) -> {
            Map<Integer, String> items = space.names();
            if (!items.isEmpty()) {
                var content = sort.write(new BinaryWriter()).writeU32(items.size());
                items.forEach((index, id) -> content.writeU32(index).writeName(id));
                section.writeSection(SORT_NAMES_CODE, content);
            }
        });
        return section;
    }
}
