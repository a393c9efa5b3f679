package tenon.compose.resolve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tenon.compose.graph.Node;
import tenon.compose.source.CompositionException;
import tenon.compose.source.Span;
import tenon.compose.syntax.Identifier;
import tenon.compose.type.Item;
import tenon.compose.type.Type;
import tenon.wit.syntax.Slips;

/** The names of a document: those of its statements, and those inside the interface or world that is being read. Confined to one run. */
final class Scope {

    /** What a name stands for. */
    sealed interface Meaning {
        Item item();
    }

    /** A node of the composition. */
    record OfNode(Node node) implements Meaning {
        @Override
        public Item item() {
            return node.item();
        }
    }

    /** A type inside an interface or world. */
    record OfType(Type type) implements Meaning {
        @Override
        public Item item() {
            return new Item.OfType(type);
        }
    }

    record Entry(Meaning meaning, Span span) {}

    private final Map<String, Entry> root = new LinkedHashMap<>();
    private final Deque<Map<String, Entry>> inner = new ArrayDeque<>();

    private Map<String, Entry> current() {
        return inner.isEmpty() ? root : inner.getLast();
    }

    void enter() {
        inner.addLast(new LinkedHashMap<>());
    }

    void leave() {
        inner.removeLast();
    }

    void add(Identifier name, Meaning meaning) {
        Entry previous = current().putIfAbsent(name.name(), new Entry(meaning, name.span()));
        if (previous != null) {
            throw name.span()
                    .error("`" + name + "` is defined already")
                    .note(previous.span().place(), "it is defined here");
        }
    }

    /** What a name stands for in the innermost scope. */
    Meaning local(Identifier name) {
        return find(current(), name);
    }

    /** What a name stands for outside of interfaces and worlds. */
    Meaning root(Identifier name) {
        return find(root, name);
    }

    /** The same in the innermost scope, or else outside. */
    Meaning localOrRoot(Identifier name) {
        return current().containsKey(name.name()) ? local(name) : root(name);
    }

    /** Whether the innermost scope has the name. */
    boolean knows(String name) {
        return current().containsKey(name);
    }

    Optional<Entry> root(String name) {
        return Optional.ofNullable(root.get(name));
    }

    private Meaning find(Map<String, Entry> names, Identifier name) {
        Entry found = names.get(name.name());
        if (found == null) {
            throw undefined(names, name);
        }
        return found.meaning();
    }

    private CompositionException undefined(Map<String, Entry> names, Identifier name) {
        CompositionException error = name.span().error("`" + name + "` is not defined");
        if (names != root && root.containsKey(name.name())) {
            return error.hint(
                    "`" + name + "` is defined outside, and interfaces take types of other interfaces only: `use "
                            + "interface.{" + name + "};`");
        }
        return error.hint(Slips.nearest(name.name(), names.keySet()).map(near -> "there is `" + near + "`"));
    }
}
