package tenon.text.print;

import tenon.component.Alias;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.Import;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.TypeExpression;
import tenon.component.TypeExpression.ValueReference;

/** Imports, exports and aliases: Explainer.md, "Import and Export Definitions" and "Alias Definitions". */
record ExternPrinter(ComponentScope scope, Layout out) {

    void imported(Import imported) {
        Sort sort = imported.type().sort();
        out.open("import ").add(name(imported.name())).add(" ");
        out.add(description(imported.type(), scope.define(sort) + " ")).close();
    }

    /** A name with its attributes. */
    static String name(ExternalName name) {
        var attributes = name.attributes();
        return Quoted.name(name.text())
                + attributes
                        .implemented()
                        .map(text -> attribute("implements", text))
                        .orElse("")
                + attributes
                        .versionSuffix()
                        .map(text -> attribute("version-suffix", text))
                        .orElse("")
                + attributes
                        .externalId()
                        .map(text -> attribute("external-id", text))
                        .orElse("");
    }

    private static String attribute(String word, String text) {
        return " (" + word + " " + Quoted.name(text) + ")";
    }

    /** An {@code externtype}; {@code definition} stands behind its sort. */
    String description(ExternDescription type, String definition) {
        String content = switch (type) {
            case ExternDescription.ModuleUse use -> typeUse(Sort.CORE_TYPE, use.type());
            case ExternDescription.FunctionUse use -> typeUse(Sort.TYPE, use.type());
            case ExternDescription.ComponentUse use -> typeUse(Sort.TYPE, use.type());
            case ExternDescription.InstanceUse use -> typeUse(Sort.TYPE, use.type());
            case ExternDescription.TypeEqual equal -> "(eq " + scope.use(Sort.TYPE, equal.type()) + ")";
            case ExternDescription.SubResource _ -> "(sub resource)";
            case ExternDescription.ValueEqual equal -> "(eq " + scope.use(Sort.VALUE, equal.value()) + ")";
            case ExternDescription.ValueOf of -> value(of.type());
        };
        return "(" + type.sort() + " " + definition + content + ")";
    }

    private String typeUse(Sort sort, int type) {
        return "(type " + scope.use(sort, type) + ")";
    }

    /** A {@code valtype}. */
    String value(ValueReference type) {
        return switch (type) {
            case TypeExpression.Primitive primitive -> primitive.type().toString();
            case TypeExpression.TypeIndex index -> scope.use(Sort.TYPE, index.index());
        };
    }

    /** {@code (sort idx)}. */
    String item(SortIndex item) {
        return "(" + item.sort() + " " + scope.use(item.sort(), item.index()) + ")";
    }

    /** A core sort where {@code core} may be missing. */
    static String coreWord(Sort sort) {
        return sort.toString().replace("core ", "");
    }

    void alias(Alias alias) {
        switch (alias) {
            case Alias.InstanceExport export -> {
                out.open("alias export ").add(scope.use(Sort.INSTANCE, export.instance()));
                out.add(" " + Quoted.name(export.name()) + " (" + export.sort() + " " + scope.define(export.sort()));
                out.add(")").close();
            }
            case Alias.CoreInstanceExport export -> {
                out.open("alias core export ").add(scope.use(Sort.CORE_INSTANCE, export.instance()));
                out.add(" " + Quoted.name(export.name()) + " (" + export.sort() + " " + scope.define(export.sort()));
                out.add(")").close();
            }
            case Alias.Outer outer ->
                outer(outer.sort(), outer.count(), outer.index(), outer.sort().toString());
        }
    }

    /** An alias of what lies outside; {@code word} is the sort as it is written here. */
    void outer(Sort sort, int count, int index, String word) {
        String target = scope.outer(count, sort, index);
        out.open("alias outer ")
                .add(target + " (" + word + " " + scope.define(sort) + ")")
                .close();
    }
}
