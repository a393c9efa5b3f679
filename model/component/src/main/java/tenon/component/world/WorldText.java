package tenon.component.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tenon.types.Place;
import tenon.types.component.BorrowType;
import tenon.types.component.ComponentType;
import tenon.types.component.CoreModuleType;
import tenon.types.component.DefinedType;
import tenon.types.component.EnumType;
import tenon.types.component.ExternName;
import tenon.types.component.ExternType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FunctionType;
import tenon.types.component.FutureType;
import tenon.types.component.InstanceType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PlainName;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResourceType;
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueExtern;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/** Writes the world of a component in a notation close to WIT's, one line after the other. Confined to one run. */
public final class WorldText {
    private static final String INDENT = "  ";

    /** Behind so many parts of types, types are no longer written out, so that a hostile component cannot fill the memory. */
    private static final int MAX_PARTS = 200_000;

    /** Where a type got its name: the interface, or nothing for the world itself. */
    private record Home(String owner, String name) {}

    private final List<String> lines = new ArrayList<>();
    private final Map<DefinedType, Home> homes = new IdentityHashMap<>();

    /** Names that hold inside what is being written. */
    private Map<DefinedType, String> names = new IdentityHashMap<>();

    private Map<DefinedType, String> structural = new HashMap<>();

    private final Map<String, String> known;

    private int parts;

    private WorldText(Map<String, String> known) {
        this.known = known;
    }

    /** The lines, without line breaks. */
    public static List<String> of(World world) {
        return of(world, Map.of());
    }

    /** The same; of {@code known} are the texts of exported values, by name. */
    public static List<String> of(World world, Map<String, String> known) {
        var text = new WorldText(known);
        text.externs("import", world.imports());
        text.externs("export", world.exports());
        return text.lines;
    }

    private void externs(String word, List<World.Extern> externs) {
        for (World.Extern each : externs) {
            extern(word, each.name().text(), each.type());
        }
    }

    private void extern(String word, String name, ExternType type) {
        String head = word + " " + name + ": ";
        switch (type) {
            case FunctionType function -> lines.add(head + function(function, 0) + ";");
            case InstanceType instance -> {
                lines.add(head + "interface {");
                exports(name, instance, INDENT);
                lines.add("}");
            }
            case ComponentType _, CoreModuleType _ -> lines.add(head + type.sort() + ";");
            case TypeExtern defined -> {
                name(name, defined);
                definition("", name, defined.type(), InstanceType.EMPTY, "");
                lines.set(lines.size() - 1, word + " " + lines.getLast());
            }
            case ValueExtern value -> {
                String text = word.equals("export") && known.containsKey(name) ? " = " + known.get(name) : "";
                lines.add(head + "value " + value(value.type()) + text + ";");
            }
        }
    }

    private void exports(String owner, InstanceType instance, String indent) {
        Map<DefinedType, String> outerNames = names;
        Map<DefinedType, String> outerStructural = structural;
        names = new IdentityHashMap<>();
        structural = new HashMap<>();
        instance.exports().forEach(this::name);
        uses(owner, instance, indent);
        instance.exports().forEach((name, type) -> {
            if (type instanceof TypeExtern(DefinedType defined)) {
                if (!isUsed(owner, defined)) {
                    definition(owner, name, defined, instance, indent);
                }
            } else if (!isMember(name)) {
                member(owner, name, type, indent);
            }
        });
        names = outerNames;
        structural = outerStructural;
    }

    /** Makes the name known to all lines of an interface. */
    private void name(String name, ExternType type) {
        if (type instanceof TypeExtern(DefinedType defined) && !(defined instanceof PrimitiveType)) {
            names.putIfAbsent(defined, name);
            structural.putIfAbsent(defined, name);
        }
    }

    /** One line for each interface that types are taken from. */
    private void uses(String owner, InstanceType instance, String indent) {
        var uses = new LinkedHashMap<String, List<String>>();
        instance.exports().forEach((name, type) -> {
            Home home = type instanceof TypeExtern(DefinedType defined) ? homes.get(defined) : null;
            if (home != null && !home.owner().equals(owner)) {
                uses.computeIfAbsent(home.owner(), _ -> new ArrayList<>())
                        .add(home.name().equals(name) ? name : home.name() + " as " + name);
            }
        });
        uses.forEach((from, used) -> lines.add(indent + "use " + from + ".{" + String.join(", ", used) + "};"));
    }

    private boolean isUsed(String owner, DefinedType type) {
        Home home = homes.get(type);
        return home != null && !home.owner().equals(owner);
    }

    private void member(String owner, String name, ExternType type, String indent) {
        switch (type) {
            case FunctionType function -> lines.add(indent + name + ": " + function(function, 0) + ";");
            case InstanceType nested -> {
                lines.add(indent + name + ": interface {");
                exports(owner + "/" + name, nested, indent + INDENT);
                lines.add(indent + "}");
            }
            case ComponentType _, CoreModuleType _, TypeExtern _ -> lines.add(indent + name + ": " + type.sort() + ";");
            case ValueExtern value -> lines.add(indent + name + ": value " + value(value.type()) + ";");
        }
    }

    private static PlainName.Kind kind(String name) {
        return ExternName.parse(name, Place.NOWHERE) instanceof PlainName plain ? plain.kind() : PlainName.Kind.LABEL;
    }

    private static boolean isMember(String name) {
        return kind(name) != PlainName.Kind.LABEL;
    }

    /** A resource with its constructor, methods and static functions. */
    private void resource(String name, InstanceType instance, String indent) {
        List<String> members = new ArrayList<>();
        instance.exports().forEach((memberName, type) -> {
            if (type instanceof FunctionType function
                    && ExternName.parse(memberName, Place.NOWHERE) instanceof PlainName plain
                    && plain.resource().equals(name)) {
                members.add(indent + INDENT + member(plain, function) + ";");
            }
        });
        if (members.isEmpty()) {
            lines.add(indent + "resource " + name + ";");
            return;
        }
        lines.add(indent + "resource " + name + " {");
        lines.addAll(members);
        lines.add(indent + "}");
    }

    private String member(PlainName name, FunctionType function) {
        return switch (name.kind()) {
            case CONSTRUCTOR -> "constructor" + params(function, 0) + constructed(name, function);
            case METHOD -> name.label() + ": " + function(function, 1);
            case STATIC -> name.label() + ": " + function(function, 0).replaceFirst("(async )?func", "$1static func");
            case LABEL -> name.label() + ": " + function(function, 0);
        };
    }

    /** What a constructor gives back, where that is more than the resource. */
    private String constructed(PlainName name, FunctionType function) {
        String result = function.result().map(this::value).orElse("");
        return result.equals(name.resource()) ? "" : " -> " + result;
    }

    private void definition(String owner, String name, DefinedType type, InstanceType instance, String indent) {
        String other = name;
        if (!(type instanceof PrimitiveType)) {
            homes.putIfAbsent(type, new Home(owner, name));
            other = names.getOrDefault(type, name);
        }
        if (!other.equals(name)) {
            lines.add(indent + "type " + name + " = " + other + ";");
            return;
        }
        if (type instanceof ResourceType) {
            resource(name, instance, indent);
            return;
        }
        String body = switch (type) {
            case RecordType record ->
                braces("record " + name, record.fields(), field -> field.label() + ": " + value(field.type()));
            case VariantType variant -> braces("variant " + name, variant.cases(), this::alternative);
            case EnumType labels -> braces("enum " + name, labels.labels(), label -> label);
            case FlagsType flags -> braces("flags " + name, flags.labels(), label -> label);
            case ValueType value -> "type " + name + " = " + written(value) + ";";
            case FunctionType function -> "type " + name + " = " + function(function, 0) + ";";
            case ResourceType _ -> throw new AssertionError("written by itself");
            case InstanceType _ -> "type " + name + " = interface;";
            case ComponentType _ -> "type " + name + " = component;";
        };
        lines.add(indent + body);
    }

    private static <T> String braces(String head, List<T> parts, Function<T, String> text) {
        return parts.stream().map(text).collect(Collectors.joining(", ", head + " { ", " }"));
    }

    private String alternative(VariantType.Case each) {
        return each.label() + each.type().map(type -> "(" + value(type) + ")").orElse("");
    }

    /** Without the first {@code skipped} parameters. */
    private String function(FunctionType function, int skipped) {
        return (function.async() ? "async func" : "func")
                + params(function, skipped)
                + function.result().map(type -> " -> " + value(type)).orElse("");
    }

    private String params(FunctionType function, int skipped) {
        return function.params().stream()
                .skip(skipped)
                .map(param -> param.label() + ": " + value(param.type()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private String value(ValueType type) {
        String name = type instanceof PrimitiveType ? null : name(type).orElse(null);
        return name != null ? name : written(type);
    }

    private Optional<String> name(ValueType type) {
        String name = names.get(type);
        if (name == null && isNamedInWit(type)) {
            name = structural.get(type);
        }
        return name != null
                ? Optional.of(name)
                : Optional.ofNullable(homes.get(type)).map(Home::name);
    }

    /** Records, variants, enums and flags cannot be written in place. */
    private static boolean isNamedInWit(ValueType type) {
        return type instanceof RecordType
                || type instanceof VariantType
                || type instanceof EnumType
                || type instanceof FlagsType;
    }

    private String written(ValueType type) {
        if (++parts > MAX_PARTS) {
            return "…";
        }
        return switch (type) {
            case PrimitiveType primitive -> primitive.toString();
            case ListType list -> "list<" + value(list.element()) + ">";
            case FixedLengthListType list -> "list<" + value(list.element()) + ", " + list.length() + ">";
            case MapType map -> "map<" + value(map.key()) + ", " + value(map.value()) + ">";
            case OptionType option -> "option<" + value(option.some()) + ">";
            case ResultType result -> result(result);
            case StreamType stream -> "stream" + angled(stream.element());
            case FutureType future -> "future" + angled(future.element());
            case OwnType own -> resourceName(own.resource());
            case BorrowType borrow -> "borrow<" + resourceName(borrow.resource()) + ">";
            case TupleType tuple ->
                tuple.types().stream().map(each -> value(each)).collect(Collectors.joining(", ", "tuple<", ">"));
            case RecordType record ->
                braces("record", record.fields(), field -> field.label() + ": " + value(field.type()));
            case VariantType variant -> braces("variant", variant.cases(), this::alternative);
            case EnumType labels -> braces("enum", labels.labels(), label -> label);
            case FlagsType flags -> braces("flags", flags.labels(), label -> label);
        };
    }

    private String angled(Optional<ValueType> element) {
        return element.map(type -> "<" + value(type) + ">").orElse("");
    }

    private String result(ResultType result) {
        if (result.error().isPresent()) {
            String ok = result.ok().map(type -> value(type)).orElse("_");
            return "result<" + ok + ", " + value(result.error().get()) + ">";
        }
        return "result" + angled(result.ok());
    }

    private String resourceName(ResourceType resource) {
        String name = names.get(resource);
        return name != null
                ? name
                : Optional.ofNullable(homes.get(resource)).map(Home::name).orElse(resource.toString());
    }
}
