package tenon.component.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.Alias;
import tenon.component.Component;
import tenon.component.Constant;
import tenon.component.Definition;
import tenon.component.Export;
import tenon.component.ExternDescription;
import tenon.component.Import;
import tenon.component.Sort;
import tenon.component.Start;
import tenon.component.ValueDefinition;
import tenon.component.read.ConstantDecoder;
import tenon.component.resolve.Resolution;
import tenon.types.component.EnumType;
import tenon.types.component.FlagsType;
import tenon.types.component.RecordType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/**
 * What a component exports that is known before it runs: Explainer.md, "Value Definitions". A constant that is exported with no more than
 * its type stays the component's own; one that would make a long text is left out, since a few bytes can stand for many long labels.
 */
public final class ConstantExports {
    /** Characters of labels that a constant may need to be shown. */
    private static final long LONGEST = 10_000;

    /** A constant with its type. */
    public record Known(Constant constant, ValueType type) {}

    private final Component component;
    private final Map<Long, ValueType> types;
    private final List<Optional<Known>> values = new ArrayList<>();
    private final SequencedMap<String, Known> exports = new LinkedHashMap<>();

    private ConstantExports(Component component) {
        this.component = component;
        this.types = Resolution.constants(component);
    }

    /** The constants that a valid component exports by itself, by name, in the order of the binary. */
    public static SequencedMap<String, Known> of(Component component) {
        if (component.definitions(ValueDefinition.class).findAny().isEmpty()) {
            return new LinkedHashMap<>();
        }
        var found = new ConstantExports(component);
        component.definitions().forEach(found::add);
        return found.exports;
    }

    private void add(Definition definition) {
        switch (definition) {
            case ValueDefinition value ->
                values.add(Optional.ofNullable(types.get(value.offset()))
                        .filter(type -> (value.end() - value.start()) * weight(type, LONGEST) <= LONGEST)
                        .map(type -> new Known(
                                ConstantDecoder.decode(value, component.binary().bytes(), type), type)));
            case Start start -> {
                for (int i = 0; i < start.results(); i++) {
                    values.add(Optional.empty());
                }
            }
            case Import imported -> unknown(imported.type().sort());
            case Alias alias -> unknown(alias.sort());
            case Export export
            when export.item().sort() == Sort.VALUE -> {
                boolean hidden = export.ascription().orElse(null) instanceof ExternDescription.ValueOf;
                Optional<Known> known =
                        hidden ? Optional.empty() : values.get(export.item().index());
                known.ifPresent(each -> exports.put(export.name().text(), each));
                values.add(known);
            }
            default -> {}
        }
    }

    private void unknown(Sort sort) {
        if (sort == Sort.VALUE) {
            values.add(Optional.empty());
        }
    }

    /** How many characters one byte of a constant can stand for, counted up to {@code most}. */
    private static long weight(ValueType type, long most) {
        long weight = 1
                + switch (type) {
                    case RecordType record ->
                        record.fields().stream()
                                .mapToLong(field -> field.label().length())
                                .sum();
                    case VariantType variant ->
                        variant.cases().stream()
                                .mapToLong(each -> each.label().length())
                                .sum();
                    case EnumType choice ->
                        choice.labels().stream().mapToLong(String::length).sum();
                    case FlagsType flags ->
                        flags.labels().stream().mapToLong(String::length).sum();
                    default -> 0;
                };
        for (ValueType part : type.parts()) {
            if (weight > most) {
                return weight;
            }
            weight += weight(part, most - weight);
        }
        return weight;
    }
}
