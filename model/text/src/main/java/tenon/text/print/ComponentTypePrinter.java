package tenon.text.print;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tenon.component.Alias;
import tenon.component.ComponentNames;
import tenon.component.CoreTypeDefinition;
import tenon.component.CoreTypeDefinition.ModuleDeclaration;
import tenon.component.Declaration;
import tenon.component.ExportDeclaration;
import tenon.component.Import;
import tenon.component.Sort;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.component.TypeExpression.ValueReference;
import tenon.types.core.ExternType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.RecGroup;
import tenon.types.core.SubType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;

/** Types of components, core ones included: Explainer.md, "Type Definitions". */
record ComponentTypePrinter(ComponentScope scope, Layout out) {

    void type(TypeExpression type) {
        Optional<String> name = scope.nextIdentifier(Sort.TYPE);
        switch (type) {
            case TypeExpression.ComponentOf component -> {
                out.open("type ").add(scope.define(Sort.TYPE)).line();
                declarations("component", name, component.declarations());
            }
            case TypeExpression.InstanceOf instance -> {
                out.open("type ").add(scope.define(Sort.TYPE)).line();
                declarations("instance", name, instance.declarations());
            }
            default -> {
                String text = text(type);
                out.open("type ").add(scope.define(Sort.TYPE)).add(" " + text);
            }
        }
        out.close();
    }

    private void declarations(String word, Optional<String> name, List<Declaration> declarations) {
        var inner = new ComponentScope(scope, name, ComponentNames.NONE);
        var types = new ComponentTypePrinter(inner, out);
        var externs = new ExternPrinter(inner, out);
        out.open(word);
        for (Declaration declaration : declarations) {
            out.line();
            switch (declaration) {
                case TypeDefinition type -> types.type(type.expression());
                case CoreTypeDefinition type -> types.coreType(type);
                case Alias alias -> externs.alias(alias);
                case Import imported -> externs.imported(imported);
                case ExportDeclaration export -> {
                    String description = externs.description(export.type(), "");
                    out.open("export ").add(inner.define(export.type().sort()));
                    out.add(" " + ExternPrinter.name(export.name()) + " " + description)
                            .close();
                }
            }
        }
        out.close();
    }

    private String text(TypeExpression type) {
        var externs = new ExternPrinter(scope, out);
        return switch (type) {
            case TypeExpression.Primitive primitive -> primitive.type().toString();
            case TypeExpression.RecordOf record -> "(record" + labelled("field", record.fields()) + ")";
            case TypeExpression.VariantOf variant ->
                variant.cases().stream()
                        .map(each -> " (case " + Quoted.name(each.label()) + optional(each.type()) + ")")
                        .collect(Collectors.joining("", "(variant", ")"));
            case TypeExpression.ListOf list -> "(list " + externs.value(list.element()) + ")";
            case TypeExpression.FixedLengthListOf list ->
                "(list " + externs.value(list.element()) + " " + list.length() + ")";
            case TypeExpression.TupleOf tuple ->
                tuple.types().stream()
                        .map(each -> " " + externs.value(each))
                        .collect(Collectors.joining("", "(tuple", ")"));
            case TypeExpression.FlagsOf flags -> labels("flags", flags.labels());
            case TypeExpression.EnumOf labels -> labels("enum", labels.labels());
            case TypeExpression.OptionOf option -> "(option " + externs.value(option.some()) + ")";
            case TypeExpression.ResultOf result ->
                "(result" + optional(result.ok())
                        + result.error()
                                .map(each -> " (error " + externs.value(each) + ")")
                                .orElse("") + ")";
            case TypeExpression.OwnOf own -> "(own " + scope.use(Sort.TYPE, own.resource()) + ")";
            case TypeExpression.BorrowOf borrow -> "(borrow " + scope.use(Sort.TYPE, borrow.resource()) + ")";
            case TypeExpression.StreamOf stream -> "(stream" + optional(stream.element()) + ")";
            case TypeExpression.FutureOf future -> "(future" + optional(future.element()) + ")";
            case TypeExpression.MapOf map ->
                "(map " + externs.value(map.key()) + " " + externs.value(map.value()) + ")";
            case TypeExpression.ResourceOf resource ->
                "(resource (rep " + coreTypes().value(resource.representation()) + ")"
                        + resource.destructor()
                                .map(each -> " (dtor " + scope.use(Sort.CORE_FUNC, each) + ")")
                                .orElse("")
                        + ")";
            case TypeExpression.FunctionOf function ->
                "(func" + (function.async() ? " async" : "") + labelled("param", function.params())
                        + function.result()
                                .map(each -> " (result " + externs.value(each) + ")")
                                .orElse("")
                        + ")";
            case TypeExpression.ComponentOf _, TypeExpression.InstanceOf _ ->
                throw new AssertionError("has declarations: " + type);
        };
    }

    private String labelled(String word, List<TypeExpression.Labelled> parts) {
        var externs = new ExternPrinter(scope, out);
        return parts.stream()
                .map(part -> " (" + word + " " + Quoted.name(part.label()) + " " + externs.value(part.type()) + ")")
                .collect(Collectors.joining());
    }

    private String optional(Optional<ValueReference> type) {
        return type.map(each -> " " + new ExternPrinter(scope, out).value(each)).orElse("");
    }

    private static String labels(String word, List<String> labels) {
        return labels.stream().map(each -> " " + Quoted.name(each)).collect(Collectors.joining("", "(" + word, ")"));
    }

    void coreType(CoreTypeDefinition type) {
        switch (type) {
            case CoreTypeDefinition.Group group -> group("core ", group.group());
            case CoreTypeDefinition.ModuleType module -> {
                Optional<String> name = scope.nextIdentifier(Sort.CORE_TYPE);
                out.open("core type ").add(scope.define(Sort.CORE_TYPE)).line();
                var inner = new ComponentScope(scope, name, ComponentNames.NONE);
                new ComponentTypePrinter(inner, out).module(module.declarations());
                out.close();
            }
        }
    }

    private TypePrinter coreTypes() {
        return new TypePrinter(index -> scope.use(Sort.CORE_TYPE, index));
    }

    private void group(String core, RecGroup group) {
        List<SubType> types = group.types();
        if (types.size() == 1) {
            coreType(core, types.getFirst());
            return;
        }
        out.open(core + "rec");
        for (SubType type : types) {
            out.line();
            coreType("", type);
        }
        out.close();
    }

    private void coreType(String core, SubType type) {
        // a core type may be part of itself
        out.open(core + "type ").add(scope.define(Sort.CORE_TYPE));
        out.add(" " + coreTypes().subType(type)).close();
    }

    private void module(List<ModuleDeclaration> declarations) {
        out.open("module");
        for (ModuleDeclaration declaration : declarations) {
            out.line();
            switch (declaration) {
                case CoreTypeDefinition.Group group -> group("", group.group());
                case CoreTypeDefinition.ModuleImport imported ->
                    out.open("import " + Quoted.name(imported.module()) + " " + Quoted.name(imported.name()) + " "
                                    + extern(imported.type()))
                            .close();
                case CoreTypeDefinition.ModuleExport export ->
                    out.open("export " + Quoted.name(export.name()) + " " + extern(export.type()))
                            .close();
                case CoreTypeDefinition.ModuleOuterAlias alias ->
                    new ExternPrinter(scope, out).outer(Sort.CORE_TYPE, alias.count(), alias.index(), "type");
            }
        }
        out.close();
    }

    private String extern(ExternType type) {
        TypePrinter types = coreTypes();
        return switch (type) {
            case FuncTypeUse use -> "(func (type " + scope.use(Sort.CORE_TYPE, use.typeIndex()) + "))";
            case TableType table -> "(table " + types.table(table) + ")";
            case MemoryType memory -> "(memory " + TypePrinter.memory(memory) + ")";
            case GlobalType global -> "(global " + types.global(global) + ")";
            case TagType tag -> "(tag (type " + scope.use(Sort.CORE_TYPE, tag.typeIndex()) + "))";
        };
    }
}
