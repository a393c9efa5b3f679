package tenon.compose.encode;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.component.Alias;
import tenon.component.CoreTypeDefinition;
import tenon.component.Declaration;
import tenon.component.ExportDeclaration;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.Import;
import tenon.component.Sort;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.component.write.ComponentWriter;
import tenon.types.component.PlainName;

/** Where declarations are written to: each is told the index that it got. Confined to one run. */
sealed interface Sink {
    int type(TypeExpression expression);

    int coreType(CoreTypeDefinition definition);

    int alias(Alias alias);

    int importItem(String name, ExternDescription type);

    /** Declares an export; not where items are exported. */
    int export(String name, ExternDescription type);

    /** The name of an import or export; the text is what is written. */
    static ExternalName name(String text) {
        return name(text, ExternalName.Attributes.NONE);
    }

    /** The same with what is said about it. */
    static ExternalName name(String text, ExternalName.Attributes attributes) {
        // what is named here was parsed before, or is a form of names that the specification dropped
        return new ExternalName(text, PlainName.of(text), attributes);
    }

    /** The composition itself, with what is said about its imports. */
    record Whole(ComponentWriter writer, Map<String, ExternalName.Attributes> attributes) implements Sink {
        @Override
        public int type(TypeExpression expression) {
            return writer.type(expression);
        }

        @Override
        public int coreType(CoreTypeDefinition definition) {
            return writer.add(definition);
        }

        @Override
        public int alias(Alias alias) {
            return writer.add(alias);
        }

        @Override
        public int importItem(String name, ExternDescription type) {
            return writer.importItem(
                    Sink.name(name, attributes.getOrDefault(name, ExternalName.Attributes.NONE)), type);
        }

        @Override
        public int export(String name, ExternDescription type) {
            throw new AssertionError("a component exports items");
        }
    }

    /** The lines of a component or instance type. */
    record Declarations(List<Declaration> lines, Map<Sort, Integer> counts) implements Sink {
        Declarations() {
            this(new ArrayList<>(), new EnumMap<>(Sort.class));
        }

        private int add(Declaration line, Sort sort) {
            lines.add(line);
            return counts.merge(sort, 1, Integer::sum) - 1;
        }

        @Override
        public int type(TypeExpression expression) {
            return add(new TypeDefinition(expression, 0), Sort.TYPE);
        }

        @Override
        public int coreType(CoreTypeDefinition definition) {
            return add(definition, Sort.CORE_TYPE);
        }

        @Override
        public int alias(Alias alias) {
            return add(alias, alias.sort());
        }

        @Override
        public int importItem(String name, ExternDescription type) {
            return add(new Import(Sink.name(name), type, 0), type.sort());
        }

        @Override
        public int export(String name, ExternDescription type) {
            return add(new ExportDeclaration(Sink.name(name), type, 0), type.sort());
        }
    }

    /** An export of an instance as an alias. */
    static Alias exported(Sort sort, int instance, String name) {
        return new Alias.InstanceExport(sort, instance, name, 0);
    }

    /** A type of the scope around. */
    static Alias outer(int index) {
        return new Alias.Outer(Sort.TYPE, 1, index, 0);
    }

    /** The declared type of a type that is equal to another. */
    static ExternDescription equal(Optional<Integer> index) {
        return index.<ExternDescription>map(ExternDescription.TypeEqual::new)
                .orElseGet(ExternDescription.SubResource::new);
    }
}
