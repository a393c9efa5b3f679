package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tenon.wit.Diagnostic;
import tenon.wit.FunctionKind;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.WitException;
import tenon.wit.syntax.FunctionSyntax;
import tenon.wit.syntax.Identifier;
import tenon.wit.syntax.Spot;
import tenon.wit.syntax.TypeSyntax;
import tenon.wit.syntax.WitFile;

/** Finds the names of one interface, or of the types of one world. Confined to one run. */
final class ScopeDrafter {
    /** More cannot be put into 32 bits: Explainer.md, "Type Definitions". */
    private static final int MOST_FLAGS = 32;

    private final PackageDrafter drafter;
    private final int file;
    private final Owner owner;
    private final ScopeNames names = new ScopeNames();

    /** {@code file} counts the package's files. */
    ScopeDrafter(PackageDrafter drafter, int file, Owner owner) {
        this.drafter = drafter;
        this.file = file;
        this.owner = owner;
    }

    ScopeNames names() {
        return names;
    }

    /** Drafts a whole interface, which gets the index {@code id}. */
    void define(InterfaceId id, Optional<String> name, List<WitFile.Member> members, Remarks remarks, Spot spot) {
        try {
            types(members);
        } catch (WitException error) {
            drafter.problem(error);
            checkFunctions(members);
            return;
        }
        var types = new LinkedHashMap<>(names.types());
        var functions = new ArrayList<Draft.PlacedFunction>();
        for (WitFile.Member member : members) {
            try {
                if (member instanceof WitFile.FunctionItem(FunctionSyntax function)) {
                    functions.add(function(function, Optional.empty()));
                } else if (member instanceof WitFile.TypeItem type
                        && type.type() instanceof TypeSyntax.Resource resource) {
                    functions.addAll(members(type.name(), resource));
                }
            } catch (WitException error) {
                drafter.problem(error);
            }
        }
        for (Draft.PlacedFunction each : functions) {
            names.missingGetter(each.function().name()).ifPresent(getter -> {
                throw each.spot()
                        .error("setter `" + each.function().name() + "` has no getter `" + getter + "` beside it");
            });
        }
        drafter.set(id, new Draft.DefinedInterface(name, types, functions, remarks, spot), names);
    }

    /** Looks for missing types in functions where the types themselves have problems already. */
    private void checkFunctions(List<WitFile.Member> members) {
        var declared = new HashSet<String>();
        var functions = new ArrayList<FunctionSyntax>();
        for (WitFile.Member member : members) {
            switch (member) {
                case WitFile.Use use ->
                    use.names().forEach(each -> declared.add(each.local().name()));
                case WitFile.TypeItem type -> {
                    declared.add(type.name().name());
                    if (type.type() instanceof TypeSyntax.Resource resource) {
                        functions.addAll(resource.functions());
                    }
                }
                case WitFile.FunctionItem item -> functions.add(item.function());
                case WitFile.Include _, WitFile.Extern _ -> {}
            }
        }
        for (FunctionSyntax function : functions) {
            var used = new ArrayList<Identifier>();
            function.params().forEach(param -> param.type().names(used::add));
            function.result().ifPresent(result -> result.names(used::add));
            for (Identifier name : used) {
                if (!declared.contains(name.name())) {
                    drafter.problem(name.spot()
                            .error(
                                    "type `" + name + "` does not exist",
                                    drafter.hints().missingType(name.name(), declared, drafter.syntax())));
                }
            }
        }
    }

    /** Drafts the functions of a resource. */
    List<Draft.PlacedFunction> members(Identifier name, TypeSyntax.Resource resource) {
        var functions = new ArrayList<Draft.PlacedFunction>();
        for (FunctionSyntax function : resource.functions()) {
            functions.add(function(function, Optional.of(name)));
        }
        return functions;
    }

    /** Drafts the types of an interface or a world. */
    void types(List<WitFile.Member> members) {
        for (WitFile.Member member : members) {
            if (member instanceof WitFile.Use use) {
                use(use);
            }
        }
        var dependencies = new LinkedHashMap<String, List<Identifier>>();
        var definitions = new LinkedHashMap<String, WitFile.TypeItem>();
        for (WitFile.Member member : members) {
            if (member instanceof WitFile.TypeItem type) {
                String name = type.name().name();
                WitFile.TypeItem first = definitions.putIfAbsent(name, type);
                if (first != null) {
                    throw type.name()
                            .spot()
                            .error(
                                    "name `" + name + "` is defined more than once",
                                    "the first is at "
                                            + first.name().spot().place().describe());
                }
                var targets = new ArrayList<Identifier>();
                type.type().names(targets::add);
                dependencies.put(name, targets);
            } else if (member instanceof WitFile.Use use) {
                use.names()
                        .forEach(each -> dependencies.putIfAbsent(each.local().name(), new ArrayList<>()));
            }
        }
        checkTargets(dependencies);
        for (String name : Topological.order("type", dependencies)) {
            WitFile.TypeItem type = definitions.get(name);
            if (type != null) {
                define(type);
            }
        }
    }

    /** Raises all missing names at once: what follows would only say the same again. */
    private void checkTargets(LinkedHashMap<String, List<Identifier>> dependencies) {
        var missing = new ArrayList<Diagnostic>();
        for (List<Identifier> targets : dependencies.values()) {
            for (Identifier target : targets) {
                if (!dependencies.containsKey(target.name()) && missing.size() < PackageDrafter.MOST_PROBLEMS) {
                    missing.add(new Diagnostic(
                            target.spot().place(),
                            "type `" + target + "` does not exist",
                            drafter.hints().missingType(target.name(), dependencies.keySet(), drafter.syntax())));
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new WitException(missing);
        }
    }

    private void use(WitFile.Use use) {
        InterfaceId from = drafter.interfaceOf(use.path(), file);
        Stability stability = PackageDrafter.stability(use.attributes());
        var remarks = new Remarks(Optional.empty(), stability, PackageDrafter.externalId(use.attributes()));
        for (WitFile.Renamed each : use.names()) {
            TypeId target = drafter.typeOf(from, each.name(), stability);
            Identifier local = each.local();
            var definition = new TypeDefinition(Optional.of(local.name()), new TypeKind.Alias(target), owner, remarks);
            names.define(
                    local,
                    drafter.add(new Draft.DefinedType(definition, each.name().spot(), List.of())));
        }
    }

    private void define(WitFile.TypeItem item) {
        Remarks remarks = PackageDrafter.remarks(item.comments(), item.attributes());
        TypeKind kind = kind(item.type(), remarks.stability());
        var definition = new TypeDefinition(Optional.of(item.name().name()), kind, owner, remarks);
        List<Spot> parts = item.type() instanceof TypeSyntax.Record record
                ? record.fields().stream().map(field -> field.name().spot()).toList()
                : List.of();
        names.define(
                item.name(),
                drafter.add(new Draft.DefinedType(definition, item.name().spot(), parts)));
    }

    private Type type(TypeSyntax syntax, Stability stability) {
        TypeKind kind = kind(syntax, stability);
        if (kind instanceof TypeKind.Alias(Type type)) {
            return type;
        }
        // a resource's name alone means that it is owned
        return kind instanceof TypeKind.Own(TypeId resource)
                ? resource
                : drafter.anonymous(kind, stability, syntax.spot());
    }

    private Optional<Type> type(Optional<TypeSyntax> syntax, Stability stability) {
        return syntax.map(each -> type(each, stability));
    }

    private TypeKind kind(TypeSyntax syntax, Stability stability) {
        return switch (syntax) {
            case TypeSyntax.Primitive primitive -> new TypeKind.Alias(new Type.Primitive(primitive.type()));
            case TypeSyntax.Named(Identifier name) -> new TypeKind.Alias(named(name));
            case TypeSyntax.Own own -> new TypeKind.Own(resource(own.resource()));
            case TypeSyntax.Borrow borrow -> new TypeKind.Borrow(resource(borrow.resource()));
            case TypeSyntax.ListOf list -> new TypeKind.ListOf(type(list.element(), stability));
            case TypeSyntax.FixedLengthList list ->
                new TypeKind.FixedLengthList(type(list.element(), stability), list.length());
            case TypeSyntax.MapOf map -> new TypeKind.MapOf(type(map.key(), stability), type(map.value(), stability));
            case TypeSyntax.Option option -> new TypeKind.Option(type(option.some(), stability));
            case TypeSyntax.Result result ->
                new TypeKind.Result(type(result.ok(), stability), type(result.error(), stability));
            case TypeSyntax.Tuple tuple ->
                new TypeKind.Tuple(tuple.types().stream()
                        .map(each -> type(each, stability))
                        .toList());
            case TypeSyntax.Future future -> new TypeKind.Future(type(future.element(), stability));
            case TypeSyntax.Stream stream -> new TypeKind.Stream(type(stream.element(), stability));
            case TypeSyntax.Resource _ -> new TypeKind.Resource();
            case TypeSyntax.Record record -> {
                unique("field", record.fields(), TypeSyntax.Field::name);
                yield new TypeKind.Record(record.fields().stream()
                        .map(field -> new TypeKind.Field(
                                field.name().name(),
                                type(field.type(), stability),
                                field.comments().text()))
                        .toList());
            }
            case TypeSyntax.Variant variant -> {
                unique("case", variant.cases(), TypeSyntax.Case::name);
                yield new TypeKind.Variant(variant.cases().stream()
                        .map(each -> new TypeKind.Case(
                                each.name().name(),
                                type(each.type(), stability),
                                each.comments().text()))
                        .toList());
            }
            case TypeSyntax.Enum labels -> new TypeKind.Enum(labels("case", labels.labels()));
            case TypeSyntax.Flags flags -> {
                if (flags.labels().size() > MOST_FLAGS) {
                    throw flags.labels()
                            .get(MOST_FLAGS)
                            .name()
                            .spot()
                            .error("flags have more than " + MOST_FLAGS + " labels");
                }
                yield new TypeKind.Flags(labels("flag", flags.labels()));
            }
        };
    }

    private static List<TypeKind.Label> labels(String what, List<TypeSyntax.Label> labels) {
        unique(what, labels, TypeSyntax.Label::name);
        return labels.stream()
                .map(label ->
                        new TypeKind.Label(label.name().name(), label.comments().text()))
                .toList();
    }

    private static <T> void unique(String what, List<T> parts, Function<T, Identifier> name) {
        var names = new StrongNames();
        for (T part : parts) {
            Identifier identifier = name.apply(part);
            names.add(identifier.name()).ifPresent(other -> {
                throw identifier.spot().error(ScopeNames.conflict(what, identifier.name(), other));
            });
        }
    }

    private TypeId named(Identifier name) {
        return names.type(name, drafter.syntax(), drafter.hints());
    }

    private TypeId resource(Identifier name) {
        TypeId id = named(name);
        TypeId origin = id;
        while (drafter.type(origin) instanceof Draft.DefinedType defined) {
            if (defined.definition().kind() instanceof TypeKind.Alias(TypeId next)) {
                origin = next;
            } else if (defined.definition().kind() instanceof TypeKind.Resource) {
                return id;
            } else {
                throw name.spot().error("type `" + name + "` is no resource, expected one in a handle");
            }
        }
        drafter.requireResource(origin, name.spot());
        return id;
    }

    /** Drafts a function; {@code resource} is what it belongs to. */
    Draft.PlacedFunction function(FunctionSyntax syntax, Optional<Identifier> resource) {
        Optional<TypeId> resourceId = resource.map(this::named);
        var kind = new FunctionKind(syntax.form(), syntax.access(), syntax.async(), resourceId);
        String name = kind.name(
                resource.map(Identifier::name).orElse(""), syntax.name().name());
        if (owner instanceof Owner.OfInterface || resource.isPresent()) {
            names.defineFunction(syntax.name(), name);
        }
        unique("parameter", syntax.params(), FunctionSyntax.Parameter::name);
        var params = new ArrayList<tenon.wit.Function.Parameter>();
        if (syntax.form() == FunctionKind.Form.METHOD) {
            var self = new TypeKind.Borrow(resourceId.orElseThrow());
            params.add(new tenon.wit.Function.Parameter(
                    "self", drafter.anonymous(self, Stability.UNKNOWN, syntax.spot())));
        }
        for (FunctionSyntax.Parameter param : syntax.params()) {
            if (syntax.form() == FunctionKind.Form.METHOD && param.name().name().equals("self")) {
                throw param.name()
                        .spot()
                        .error("parameter `self` is defined more than once, a method has it unwritten");
            }
            params.add(new tenon.wit.Function.Parameter(param.name().name(), type(param.type(), Stability.UNKNOWN)));
        }
        var function = new tenon.wit.Function(
                name,
                kind,
                params,
                result(syntax, resourceId),
                PackageDrafter.remarks(syntax.comments(), syntax.attributes()));
        return new Draft.PlacedFunction(function, syntax.name().spot());
    }

    /** WIT.md, "Item: `resource`": a constructor gives back what it makes, or a {@code result} of it. */
    private Optional<Type> result(FunctionSyntax syntax, Optional<TypeId> resource) {
        Optional<Type> result = type(syntax.result(), Stability.UNKNOWN);
        if (syntax.form() != FunctionKind.Form.CONSTRUCTOR) {
            return result;
        }
        if (syntax.result().isEmpty()) {
            return resource.map(Type.class::cast);
        }
        TypeSyntax written = syntax.result().get();
        if (!(result.orElseThrow() instanceof TypeId id)
                || !(drafter.type(id) instanceof Draft.DefinedType defined)
                || !(defined.definition().kind() instanceof TypeKind.Result shape)) {
            throw written.spot()
                    .error(
                            "a constructor gives back nothing or a `result` of the resource",
                            "what it makes is given back unwritten");
        }
        if (!shape.ok().equals(resource.map(Type.class::cast))) {
            Spot spot = written instanceof TypeSyntax.Result each
                    ? each.ok().map(TypeSyntax::spot).orElse(each.spot())
                    : written.spot();
            throw spot.error("the `ok` type of a constructor's result must be the resource itself");
        }
        return result;
    }
}
