package tenon.compose.resolve;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import tenon.compose.graph.CompositionGraph;
import tenon.compose.graph.Node;
import tenon.compose.graph.Package;
import tenon.compose.source.CompositionException;
import tenon.compose.source.Span;
import tenon.compose.syntax.Declaration;
import tenon.compose.syntax.Document;
import tenon.compose.syntax.Expression;
import tenon.compose.syntax.ExternSyntax;
import tenon.compose.syntax.Identifier;
import tenon.compose.syntax.ItemName;
import tenon.compose.syntax.Quoted;
import tenon.compose.syntax.Reference;
import tenon.compose.syntax.Statement;
import tenon.compose.type.FunctionType;
import tenon.compose.type.InterfaceType;
import tenon.compose.type.Item;
import tenon.compose.type.Type;
import tenon.compose.type.ValueType;
import tenon.compose.type.WorldType;

/** Goes through the statements of a document and builds their graph. Confined to one run. */
final class Resolver {
    private final Document document;
    private final CompositionGraph graph = new CompositionGraph();
    private final Scope scope = new Scope();
    private final PathResolver paths;
    private final TypeResolver types;
    private final WorldResolver worlds;

    /** Where nodes are written: an import's name, the package of an instantiation. */
    private final Map<Node, Span> spans = new HashMap<>();

    /** By name of an export: where it is written. */
    private final Map<String, Span> exports = new HashMap<>();

    private Resolver(Document document, Packages packages) {
        this.document = document;
        this.paths = new PathResolver(graph, packages, document.name(), scope);
        this.types = new TypeResolver(scope, document.name().span());
        this.worlds = new WorldResolver(scope, paths, types, document.name());
    }

    static Composition resolve(Document document, Packages packages) {
        var resolver = new Resolver(document, packages);
        document.statements().forEach(resolver::statement);
        document.targets().ifPresent(target -> {
            WorldType world = resolver.worlds.world(new Reference.Foreign(target));
            new TargetCheck(resolver.graph, target, world, resolver.spans, resolver.exports).check();
        });
        return new Composition(document, resolver.graph, resolver.spans);
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Import each -> importStatement(each);
            case Statement.Definition(Declaration declaration) -> definition(declaration);
            case Statement.Let let -> name(let.name(), expression(let.value()));
            case Statement.Export export -> export(export);
        }
    }

    private void name(Identifier name, Node node) {
        scope.add(name, new Scope.OfNode(node));
        // the first name stays; another `let` only gives one more
        if (node.name().isEmpty()) {
            graph.name(node, name.name());
        }
    }

    /** What the graph says of a step, at the place where it was asked for. */
    private static <T> T at(Span span, Supplier<T> step) {
        try {
            return step.get();
        } catch (CompositionException refused) {
            throw refused.at(span.place());
        }
    }

    private void importStatement(Statement.Import statement) {
        Item item = importedItem(statement.type());
        checkNamed(statement, item.promoted());
        Span span = statement.as().map(ItemName::span).orElseGet(() -> importSpan(statement));
        String name = statement.as().map(ItemName::name).orElseGet(() -> importName(statement, item));
        Node previous = graph.imports().get(name);
        if (previous != null) {
            CompositionException error = span.error("`" + name + "` is imported already")
                    .note(span(previous).place(), "it is imported here");
            throw statement.as().isPresent() ? error : error.hint("import it under another name: `as \"…\"`");
        }
        Node node = at(span, () -> graph.importItem(name, item));
        spans.put(node, span);
        name(statement.name(), node);
    }

    /** Explainer.md, "Type Definitions": who imports a function cannot know types that the document defines for itself. */
    private static void checkNamed(Statement.Import statement, Item item) {
        if (item instanceof Item.Function(FunctionType function)) {
            var parts = new ArrayDeque<ValueType>();
            function.params().forEach(param -> parts.add(param.type()));
            function.result().ifPresent(parts::add);
            var seen = new HashSet<ValueType>();
            while (!parts.isEmpty()) {
                ValueType part = parts.remove();
                if (part instanceof ValueType.Defined defined && defined.shape() instanceof ValueType.Nominal) {
                    throw statement
                            .name()
                            .span()
                            .error("`" + statement.name() + "` has a " + part.word()
                                    + " in its type that whoever passes it cannot know")
                            .hint("define both in an interface, and import that");
                }
                if (seen.add(part)) {
                    part.parts(parts::add);
                }
            }
        }
    }

    private Span span(Node node) {
        return spans.getOrDefault(node, document.name().span());
    }

    private Item importedItem(ExternSyntax type) {
        return switch (type) {
            case ExternSyntax.Function(var function) -> new Item.Function(types.function(function));
            case ExternSyntax.Inline(var items) -> new Item.Instance(worlds.inline(items));
            case ExternSyntax.Referred(Reference reference) -> worlds.item(reference);
        };
    }

    private static Span importSpan(Statement.Import statement) {
        return statement.type() instanceof ExternSyntax.Referred(Reference.Foreign(var path))
                ? path.span()
                : statement.name().span();
    }

    /** A path is its own name; an interface or world of the document has its full name. */
    private static String importName(Statement.Import statement, Item item) {
        if (statement.type() instanceof ExternSyntax.Referred(Reference.Foreign(var path))) {
            return path.toString();
        }
        Optional<String> id = !(statement.type() instanceof ExternSyntax.Referred)
                ? Optional.empty()
                : switch (item.promoted()) {
                    case Item.Instance(InterfaceType face) -> face.id();
                    case Item.Component(WorldType world) -> world.id();
                    case Item.Function _, Item.Module _, Item.Value _, Item.OfType _ -> Optional.empty();
                };
        return id.orElse(statement.name().name());
    }

    private void definition(Declaration declaration) {
        Identifier name = declaration.name();
        Type type = switch (declaration) {
            case Declaration.Interface face -> worlds.face(face);
            case Declaration.World world -> worlds.world(world);
            case Declaration.Type each -> types.type(each);
        };
        if (graph.exports().containsKey(name.name())) {
            throw name.span()
                    .error("`" + name + "` is exported already, and types of a document are exported, too")
                    .note(exports.getOrDefault(name.name(), name.span()).place(), "it is exported here");
        }
        Node node = at(name.span(), () -> graph.define(name.name(), type));
        exports.put(name.name(), name.span());
        name(name, node);
    }

    private void export(Statement.Export statement) {
        Node node = expression(statement.value());
        Span span = statement.value().span();
        switch (statement.option()) {
            case Statement.OwnName _ -> {
                String name = ownName(node)
                        .orElseThrow(() -> span.error("this has no name to be exported under")
                                .hint("say which: `export … as \"name\";`"));
                export(node, name, span, true);
            }
            case Statement.As(ItemName name) -> export(node, name.name(), name.span(), false);
            case Statement.Spread(Span dots) -> {
                InterfaceType face = instance(node, span);
                boolean any = false;
                for (String name : face.exports().keySet()) {
                    if (!graph.exports().containsKey(name)) {
                        export(graph.alias(node, name), name, dots, false);
                        any = true;
                    }
                }
                if (!any) {
                    throw span.error(
                            face.exports().isEmpty()
                                    ? "this instance has no exports"
                                    : "all exports of this instance are exported already, or others of their names");
                }
            }
        }
    }

    /** The interface's name, or the name under which a node was imported or exported by an instance. */
    private static Optional<String> ownName(Node node) {
        Optional<String> id = node.item() instanceof Item.Instance(InterfaceType face) ? face.id() : Optional.empty();
        return id.or(() -> nodeName(node));
    }

    private static Optional<String> nodeName(Node node) {
        return switch (node.kind()) {
            case Node.Import(String name) -> Optional.of(name);
            case Node.Alias(Node _, String export) -> Optional.of(export);
            case Node.Instantiation _, Node.Definition _ -> Optional.empty();
        };
    }

    private void export(Node node, String name, Span span, boolean inferred) {
        Optional<Scope.Entry> defined = scope.root(name)
                .filter(entry ->
                        entry.meaning() instanceof Scope.OfNode(Node other) && other.kind() instanceof Node.Definition);
        Optional<Span> previous = defined.map(Scope.Entry::span).or(() -> Optional.ofNullable(exports.get(name)));
        if (graph.exports().containsKey(name) || defined.isPresent()) {
            CompositionException error = span.error("`" + name + "` is exported already"
                    + defined.map(entry -> ", as "
                                    + TypeResolver.article(entry.meaning().item()))
                            .orElse(""));
            if (previous.isPresent()) {
                error = error.note(previous.get().place(), "it is exported here");
            }
            throw inferred ? error.hint("export it under another name: `as \"…\"`") : error;
        }
        at(span, () -> {
            graph.export(node, name);
            return node;
        });
        exports.put(name, span);
    }

    private InterfaceType instance(Node node, Span span) {
        if (node.item() instanceof Item.Instance(InterfaceType face)) {
            return face;
        }
        throw span.error("expected an instance, found " + TypeResolver.article(node.item()));
    }

    private Node expression(Expression expression) {
        Node node = primary(expression.primary());
        Span parent = expression.primary().span();
        for (Expression.Postfix postfix : expression.postfixes()) {
            InterfaceType face = instance(node, parent);
            Node source = node;
            String name = switch (postfix) {
                case Expression.Access(Identifier access, Span _) ->
                    interfaceName(access.name(), face.exports()).orElse(access.name());
                case Expression.NamedAccess(Quoted access, Span _) -> access.name();
            };
            node = at(postfix.span(), () -> graph.alias(source, name));
            parent = postfix.span();
        }
        return node;
    }

    private Node primary(Expression.Primary primary) {
        return switch (primary) {
            case Expression.Name(Identifier name) -> node(name);
            case Expression.Nested(Expression inner, Span _) -> expression(inner);
            case Expression.New made -> instantiate(made);
        };
    }

    private Node node(Identifier name) {
        if (scope.root(name) instanceof Scope.OfNode(Node node)) {
            return node;
        }
        throw name.span().error("`" + name + "` is nothing that a composition can pass on");
    }

    /** The one name of an interface that ends with {@code /name}, unless something has just that name. */
    private static Optional<String> interfaceName(String name, SequencedMap<String, Item> items) {
        if (items.containsKey(name)) {
            return Optional.empty();
        }
        var matches = items.keySet().stream()
                .filter(each -> each.replaceAll("@.*", "").endsWith("/" + name))
                .limit(2)
                .toList();
        return matches.size() == 1 ? Optional.of(matches.getFirst()) : Optional.empty();
    }

    private record Argument(Node node, Span span) {}

    private Node instantiate(Expression.New made) {
        Span span = made.target().span();
        if (made.target().name().equals(document.name().name())) {
            throw span.error("a composition cannot instantiate itself");
        }
        Package target = paths.find(made.target());
        var arguments = new LinkedHashMap<String, Argument>();
        boolean fill = false;
        for (Expression.Argument argument : made.arguments()) {
            switch (argument) {
                case Expression.Inferred(Identifier name) -> {
                    Node node = node(name);
                    add(arguments, inferred(name, node, target), new Argument(node, name.span()));
                }
                case Expression.Given(ItemName name, Expression value) -> {
                    Node node = expression(value);
                    String imported = name instanceof Identifier
                            ? interfaceName(name.name(), target.world().imports())
                                    .orElse(name.name())
                            : name.name();
                    add(arguments, imported, new Argument(node, name.span()));
                }
                case Expression.Spread _ -> {}
                case Expression.Fill(Span dots) -> {
                    if (argument != made.arguments().getLast()) {
                        throw dots.error("`...` must be the last argument");
                    }
                    fill = true;
                }
            }
        }
        // what is named comes first, wherever it stands
        made.arguments().forEach(argument -> {
            if (argument instanceof Expression.Spread(Identifier name)) {
                spread(name, target, arguments);
            }
        });
        Node instance = at(span, () -> graph.instantiate(target));
        spans.put(instance, span);
        arguments.forEach((name, argument) -> pass(instance, target, name, argument));
        if (!fill) {
            checkComplete(instance, target, span);
        }
        return instance;
    }

    private static void add(SequencedMap<String, Argument> arguments, String name, Argument argument) {
        Argument previous = arguments.putIfAbsent(name, argument);
        if (previous != null) {
            throw argument.span()
                    .error("argument `" + name + "` is given twice")
                    .note(previous.span().place(), "it is given here");
        }
    }

    private void pass(Node instance, Package target, String name, Argument argument) {
        try {
            graph.argument(instance, name, argument.node());
        } catch (CompositionException refused) {
            CompositionException error = refused.at(argument.span().place());
            if (refused.reasons().isEmpty()) {
                throw error;
            }
            throw error.note(span(origin(argument.node())).place(), "what is given is " + from(argument.node()))
                    .note(
                            spans.getOrDefault(instance, argument.span()).place(),
                            "`" + name + "` is asked for by `" + target + "` (" + target.origin() + ")");
        }
    }

    /** The node that a node is taken from. */
    private static Node origin(Node node) {
        Node origin = node;
        while (origin.kind() instanceof Node.Alias(Node source, String _)) {
            origin = source;
        }
        return origin;
    }

    private static String from(Node node) {
        return origin(node).kind() instanceof Node.Instantiation(Package source)
                ? node + " (" + source.origin() + ")"
                : node.toString();
    }

    private void checkComplete(Node instance, Package target, Span span) {
        var missing = graph.missing(instance).keySet();
        if (!missing.isEmpty()) {
            String names = String.join(
                    ", ", missing.stream().map(name -> "`" + name + "`").toList());
            throw span.error("`" + target + "` imports " + names + ", which " + (missing.size() == 1 ? "is" : "are")
                            + " not given")
                    .hint("`...` as the last argument lets the composition import what is not given");
        }
    }

    /** The import that an argument is for which only has a name of the document. */
    private static String inferred(Identifier name, Node node, Package target) {
        SequencedMap<String, Item> imports = target.world().imports();
        Optional<String> id = node.item() instanceof Item.Instance(InterfaceType face) ? face.id() : Optional.empty();
        return id.filter(imports::containsKey)
                .or(() -> nodeName(node).filter(imports::containsKey))
                .or(() -> interfaceName(name.name(), imports))
                .orElse(name.name());
    }

    private void spread(Identifier name, Package target, SequencedMap<String, Argument> arguments) {
        Node node = node(name);
        InterfaceType face = instance(node, name.span());
        boolean any = false;
        for (String imported : target.world().imports().keySet()) {
            if (!arguments.containsKey(imported) && face.exports().containsKey(imported)) {
                arguments.put(imported, new Argument(graph.alias(node, imported), name.span()));
                any = true;
            }
        }
        if (!any) {
            throw name.span()
                    .error("`" + name + "` exports nothing that `" + target + "` imports and is not given already");
        }
    }
}
