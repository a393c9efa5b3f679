package tenon.component.write;

import java.util.List;
import java.util.Optional;
import tenon.component.Alias;
import tenon.component.CoreTypeDefinition;
import tenon.component.Declaration;
import tenon.component.ExportDeclaration;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.Import;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.component.TypeExpression.ValueReference;
import tenon.types.component.PrimitiveType;
import tenon.wasm.BinaryWriter;

/** Writes component types, names of imports and exports, and aliases: Binary.md, "Type Definitions". */
public final class TypeEncoder {
    private TypeEncoder() {}

    /** A type on its own, as {@link ComponentWriter#type(BinaryWriter)} takes it. */
    public static BinaryWriter encode(TypeExpression type) {
        var out = new BinaryWriter();
        write(out, type);
        return out;
    }

    static void write(BinaryWriter out, TypeExpression type) {
        switch (type) {
            case TypeExpression.Primitive(PrimitiveType primitive) -> out.writeByte(code(primitive));
            case TypeExpression.RecordOf(List<TypeExpression.Labelled> fields) -> writeLabelled(out, 0x72, fields);
            case TypeExpression.VariantOf(List<TypeExpression.CaseOf> cases) -> {
                out.writeByte(0x71).writeU32(cases.size());
                cases.forEach(each -> {
                    writeOptional(out.writeName(each.label()), each.type());
                    out.writeByte(0x00);
                });
            }
            case TypeExpression.ListOf(ValueReference element) -> writeValue(out.writeByte(0x70), element);
            case TypeExpression.FixedLengthListOf(ValueReference element, long length) -> {
                writeValue(out.writeByte(0x67), element);
                out.writeU64(length);
            }
            case TypeExpression.TupleOf(List<ValueReference> types) -> {
                out.writeByte(0x6f).writeU32(types.size());
                types.forEach(each -> writeValue(out, each));
            }
            case TypeExpression.FlagsOf(List<String> labels) -> writeLabels(out, 0x6e, labels);
            case TypeExpression.EnumOf(List<String> labels) -> writeLabels(out, 0x6d, labels);
            case TypeExpression.OptionOf(ValueReference some) -> writeValue(out.writeByte(0x6b), some);
            case TypeExpression.ResultOf(Optional<ValueReference> ok, Optional<ValueReference> error) -> {
                writeOptional(out.writeByte(0x6a), ok);
                writeOptional(out, error);
            }
            case TypeExpression.OwnOf(int resource) -> out.writeByte(0x69).writeU32(resource);
            case TypeExpression.BorrowOf(int resource) -> out.writeByte(0x68).writeU32(resource);
            case TypeExpression.StreamOf(Optional<ValueReference> element) ->
                writeOptional(out.writeByte(0x66), element);
            case TypeExpression.FutureOf(Optional<ValueReference> element) ->
                writeOptional(out.writeByte(0x65), element);
            case TypeExpression.MapOf(ValueReference key, ValueReference value) -> {
                writeValue(out.writeByte(0x63), key);
                writeValue(out, value);
            }
            case TypeExpression.ResourceOf resource -> {
                out.writeByte(0x3f).writeValType(resource.representation());
                out.writeByte(resource.destructor().isPresent() ? 1 : 0);
                resource.destructor().ifPresent(out::writeU32);
            }
            case TypeExpression.FunctionOf function -> {
                writeLabelled(out, function.async() ? 0x43 : 0x40, function.params());
                writeResult(out, function.result());
            }
            case TypeExpression.ComponentOf(List<Declaration> declarations) ->
                writeDeclarations(out, 0x41, declarations);
            case TypeExpression.InstanceOf(List<Declaration> declarations) ->
                writeDeclarations(out, 0x42, declarations);
        }
    }

    static void writeValue(BinaryWriter out, ValueReference type) {
        switch (type) {
            case TypeExpression.Primitive(PrimitiveType primitive) -> out.writeByte(code(primitive));
            case TypeExpression.TypeIndex(int index) -> out.writeSigned(index);
        }
    }

    private static void writeOptional(BinaryWriter out, Optional<ValueReference> type) {
        out.writeByte(type.isPresent() ? 1 : 0);
        type.ifPresent(present -> writeValue(out, present));
    }

    /** {@code resultlist}. */
    static void writeResult(BinaryWriter out, Optional<ValueReference> result) {
        if (result.isPresent()) {
            writeValue(out.writeByte(0x00), result.get());
        } else {
            out.writeByte(0x01).writeByte(0x00);
        }
    }

    private static void writeLabelled(BinaryWriter out, int code, List<TypeExpression.Labelled> items) {
        out.writeByte(code).writeU32(items.size());
        items.forEach(item -> writeValue(out.writeName(item.label()), item.type()));
    }

    private static void writeLabels(BinaryWriter out, int code, List<String> labels) {
        out.writeByte(code).writeU32(labels.size());
        labels.forEach(out::writeName);
    }

    private static void writeDeclarations(BinaryWriter out, int code, List<Declaration> declarations) {
        out.writeByte(code).writeU32(declarations.size());
        declarations.forEach(declaration -> {
            switch (declaration) {
                case CoreTypeDefinition type -> CoreTypeEncoder.write(out.writeByte(0x00), type);
                case TypeDefinition type -> write(out.writeByte(0x01), type.expression());
                case Alias alias -> writeAlias(out.writeByte(0x02), alias);
                case Import(ExternalName name, ExternDescription type, long _) -> {
                    writeName(out.writeByte(0x03), name);
                    writeExtern(out, type);
                }
                case ExportDeclaration(ExternalName name, ExternDescription type, long _) -> {
                    writeName(out.writeByte(0x04), name);
                    writeExtern(out, type);
                }
            }
        });
    }

    /** {@code alias}, behind whose sort stands its target. */
    static void writeAlias(BinaryWriter out, Alias alias) {
        InstanceEncoder.writeSort(out, alias.sort());
        switch (alias) {
            case Alias.InstanceExport export ->
                out.writeByte(0x00).writeU32(export.instance()).writeName(export.name());
            case Alias.CoreInstanceExport export ->
                out.writeByte(0x01).writeU32(export.instance()).writeName(export.name());
            case Alias.Outer outer ->
                out.writeByte(0x02).writeU32(outer.count()).writeU32(outer.index());
        }
    }

    /** {@code importname'} and {@code exportname'}; the form with attributes only where there are some. */
    static void writeName(BinaryWriter out, ExternalName name) {
        if (name.attributes().equals(ExternalName.Attributes.NONE)) {
            out.writeByte(0x00).writeName(name.text());
            return;
        }
        List<Optional<String>> attributes = List.of(
                name.attributes().implemented(),
                name.attributes().versionSuffix(),
                name.attributes().externalId());
        out.writeByte(0x02).writeName(name.text());
        out.writeU32((int) attributes.stream().filter(Optional::isPresent).count());
        for (int code = 0; code < attributes.size(); code++) {
            if (attributes.get(code).isPresent()) {
                out.writeByte(code).writeName(attributes.get(code).get());
            }
        }
    }

    static void writeExtern(BinaryWriter out, ExternDescription type) {
        switch (type) {
            case ExternDescription.ModuleUse(int index) ->
                out.writeByte(0x00).writeByte(0x11).writeU32(index);
            case ExternDescription.FunctionUse(int index) -> out.writeByte(0x01).writeU32(index);
            case ExternDescription.ValueEqual(int index) ->
                out.writeByte(0x02).writeByte(0x00).writeU32(index);
            case ExternDescription.ValueOf(ValueReference value) ->
                writeValue(out.writeByte(0x02).writeByte(0x01), value);
            case ExternDescription.TypeEqual(int index) ->
                out.writeByte(0x03).writeByte(0x00).writeU32(index);
            case ExternDescription.SubResource() -> out.writeByte(0x03).writeByte(0x01);
            case ExternDescription.ComponentUse(int index) ->
                out.writeByte(0x04).writeU32(index);
            case ExternDescription.InstanceUse(int index) -> out.writeByte(0x05).writeU32(index);
        }
    }

    /** The code of a primitive type: Binary.md, {@code primvaltype}. */
    public static int code(PrimitiveType type) {
        return switch (type) {
            case BOOL -> 0x7f;
            case S8 -> 0x7e;
            case U8 -> 0x7d;
            case S16 -> 0x7c;
            case U16 -> 0x7b;
            case S32 -> 0x7a;
            case U32 -> 0x79;
            case S64 -> 0x78;
            case U64 -> 0x77;
            case F32 -> 0x76;
            case F64 -> 0x75;
            case CHAR -> 0x74;
            case STRING -> 0x73;
            case ERROR_CONTEXT -> 0x64;
        };
    }
}
