package tenon.component.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import tenon.component.Alias;
import tenon.component.ComponentFeature;
import tenon.component.Declaration;
import tenon.component.ExportDeclaration;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.ExternalName.Attributes;
import tenon.component.Gates;
import tenon.component.Import;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.component.TypeExpression.CaseOf;
import tenon.component.TypeExpression.Labelled;
import tenon.component.TypeExpression.ValueReference;
import tenon.types.InvalidException;
import tenon.types.MalformedException;
import tenon.types.Place;
import tenon.types.component.ExternName;
import tenon.types.component.InterfaceName;
import tenon.types.component.Label;
import tenon.types.component.PlainName;
import tenon.types.component.PrimitiveType;
import tenon.types.component.VersionTrack;

/** Reads component types, names of imports and exports, and aliases: Binary.md, "Type Definitions". */
final class TypeDecoder {
    /** Deeper nested component and instance types are refused, so that hostile input cannot exhaust the stack. */
    static final int MAX_NESTING = 100;

    private static final int MAX_FLAGS = 32;

    private final BinaryReader in;
    private final CoreTypeDecoder coreTypes;
    private final Gates gates;
    private int nesting;

    TypeDecoder(BinaryReader in, CoreTypeDecoder coreTypes, Gates gates) {
        this.in = in;
        this.coreTypes = coreTypes;
        this.gates = gates;
    }

    TypeDefinition readType() {
        int at = in.position();
        return new TypeDefinition(readExpression(at, in.readByte()), at);
    }

    private TypeExpression readExpression(int at, int code) {
        return switch (code) {
            case 0x72 ->
                new TypeExpression.RecordOf(
                        notEmpty(readFields("record field", "field"), at, "record type must have at least one field"));
            case 0x71 ->
                new TypeExpression.VariantOf(notEmpty(readCases(), at, "variant type must have at least one case"));
            case 0x70 -> new TypeExpression.ListOf(readValueReference());
            case 0x67 -> readFixedLengthList(at);
            case 0x6f ->
                new TypeExpression.TupleOf(notEmpty(
                        in.readVector(this::readValueReference), at, "tuple type must have at least one type"));
            case 0x6e -> readFlags(at);
            case 0x6d ->
                new TypeExpression.EnumOf(
                        notEmpty(readLabels("enum tag", "tag"), at, "enum type must have at least one variant"));
            case 0x6b -> new TypeExpression.OptionOf(readValueReference());
            case 0x6a ->
                new TypeExpression.ResultOf(
                        in.readOptional(this::readValueReference), in.readOptional(this::readValueReference));
            case 0x69 -> new TypeExpression.OwnOf(in.readIndex());
            case 0x68 -> new TypeExpression.BorrowOf(in.readIndex());
            case 0x66 -> new TypeExpression.StreamOf(readElement(at, "`stream`"));
            case 0x65 -> new TypeExpression.FutureOf(readElement(at, "`future`"));
            case 0x63 -> readMap(at);
            case 0x3f -> new TypeExpression.ResourceOf(coreTypes.readValType(), in.readOptional(in::readIndex));
            case 0x40 -> readFunction(false);
            case 0x43 -> readAsyncFunction(at);
            case 0x41 -> new TypeExpression.ComponentOf(readDeclarations(at, true));
            case 0x42 -> new TypeExpression.InstanceOf(readDeclarations(at, false));
            default ->
                new TypeExpression.Primitive(primitive(code, at)
                        .orElseThrow(() -> BinaryReader.unexpected(at, code, "component defined type", "")));
        };
    }

    private Optional<ValueReference> readElement(int at, String what) {
        gates.require(ComponentFeature.ASYNC, at, what);
        return in.readOptional(this::readValueReference);
    }

    private TypeExpression readMap(int at) {
        gates.require(ComponentFeature.MAP, at, "`map`");
        return new TypeExpression.MapOf(readValueReference(), readValueReference());
    }

    private TypeExpression readFixedLengthList(int start) {
        gates.require(ComponentFeature.FIXED_LENGTH_LISTS, start, "a fixed-length list");
        ValueReference element = readValueReference();
        int at = in.position();
        long length = in.readUnsigned32();
        if (length == 0) {
            gates.invalid(at, "fixed-length list has no elements, expected at least one");
        }
        return new TypeExpression.FixedLengthListOf(element, length);
    }

    private TypeExpression readFlags(int at) {
        List<String> labels = notEmpty(readLabels("flag", "flag"), at, "flags must have at least one entry");
        if (labels.size() > MAX_FLAGS) {
            gates.invalid(at, "cannot have more than 32 flags, found " + labels.size());
        }
        return new TypeExpression.FlagsOf(labels);
    }

    private TypeExpression readAsyncFunction(int at) {
        gates.require(ComponentFeature.ASYNC, at, "an async function type");
        return readFunction(true);
    }

    private TypeExpression readFunction(boolean async) {
        return new TypeExpression.FunctionOf(readFields("function parameter", "parameter"), readResult(), async);
    }

    /** A {@code resultlist}. */
    Optional<ValueReference> readResult() {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x00 -> Optional.of(readValueReference());
            case 0x01 -> {
                in.expect(0x00, "number of results");
                yield Optional.empty();
            }
            default -> throw BinaryReader.unexpected(at, code, "component function results", "0x0 or 0x1");
        };
    }

    ValueReference readValueReference() {
        int at = in.position();
        long code = in.readSigned33();
        if (code >= 0) {
            return new TypeExpression.TypeIndex((int) Math.min(code, Integer.MAX_VALUE));
        }
        int low = (int) (code & 0x7f);
        Optional<PrimitiveType> primitive = code < -0x40 ? Optional.empty() : primitive(low, at);
        return new TypeExpression.Primitive(
                primitive.orElseThrow(() -> BinaryReader.unexpected(at, low, "component value type", "")));
    }

    private Optional<PrimitiveType> primitive(int code, int at) {
        return switch (code) {
            case 0x7f -> Optional.of(PrimitiveType.BOOL);
            case 0x7e -> Optional.of(PrimitiveType.S8);
            case 0x7d -> Optional.of(PrimitiveType.U8);
            case 0x7c -> Optional.of(PrimitiveType.S16);
            case 0x7b -> Optional.of(PrimitiveType.U16);
            case 0x7a -> Optional.of(PrimitiveType.S32);
            case 0x79 -> Optional.of(PrimitiveType.U32);
            case 0x78 -> Optional.of(PrimitiveType.S64);
            case 0x77 -> Optional.of(PrimitiveType.U64);
            case 0x76 -> Optional.of(PrimitiveType.F32);
            case 0x75 -> Optional.of(PrimitiveType.F64);
            case 0x74 -> Optional.of(PrimitiveType.CHAR);
            case 0x73 -> Optional.of(PrimitiveType.STRING);
            case 0x64 -> {
                gates.require(ComponentFeature.ERROR_CONTEXT, at, "`error-context`");
                yield Optional.of(PrimitiveType.ERROR_CONTEXT);
            }
            default -> Optional.empty();
        };
    }

    private List<Labelled> readFields(String what, String word) {
        var labels = new LabelSet(what, word);
        return in.readVector(() -> new Labelled(labels.read(), readValueReference()));
    }

    private List<CaseOf> readCases() {
        var labels = new LabelSet("variant case", "case");
        return in.readVector(() -> {
            var alternative = new CaseOf(labels.read(), in.readOptional(this::readValueReference));
            in.expect(0x00, "zero byte required");
            return alternative;
        });
    }

    private List<String> readLabels(String what, String word) {
        var labels = new LabelSet(what, word);
        return in.readVector(labels::read);
    }

    /** Labels of one scope, which must differ: Explainer.md, "Name Uniqueness". */
    private final class LabelSet {
        private final String what;
        private final String word;
        private final HashMap<String, String> seen = new HashMap<>();

        LabelSet(String what, String word) {
            this.what = what;
            this.word = word;
        }

        String read() {
            int at = in.position();
            String label = in.readName();
            if (!Label.isLabel(label)) {
                gates.invalid(at, what + " name `" + label + "` is not in kebab case");
            }
            String previous = seen.putIfAbsent(Label.canonical(label), label);
            if (previous != null) {
                gates.invalid(
                        at,
                        what + " name `" + label + "` conflicts with previous " + word + " name `" + previous + "`");
            }
            return label;
        }
    }

    private List<Declaration> readDeclarations(int at, boolean component) {
        if (++nesting > MAX_NESTING) {
            throw new InvalidException(at, "types are nested more than " + MAX_NESTING + " deep");
        }
        List<Declaration> declarations = in.readVector(() -> readDeclaration(component));
        nesting--;
        return declarations;
    }

    private Declaration readDeclaration(boolean component) {
        int at = in.position();
        int code = in.readByte();
        if (code == 0x03 && component) {
            return readImport(at);
        }
        return switch (code) {
            case 0x00 -> coreTypes.readType();
            case 0x01 -> readType();
            case 0x02 -> readAlias();
            case 0x04 -> new ExportDeclaration(readExternalName(), readExternDescription(), at);
            default -> throw BinaryReader.unexpected(at, code, "component or instance type declaration", "");
        };
    }

    Import readImport(int at) {
        return new Import(readExternalName(), readExternDescription(), at);
    }

    ExternDescription readExternDescription() {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x00 -> {
                in.expect(0x11, "component external kind");
                yield new ExternDescription.ModuleUse(in.readIndex());
            }
            case 0x01 -> new ExternDescription.FunctionUse(in.readIndex());
            case 0x02 -> {
                gates.require(ComponentFeature.VALUES, at, "a value");
                yield readValueBound();
            }
            case 0x03 -> readTypeBound();
            case 0x04 -> new ExternDescription.ComponentUse(in.readIndex());
            case 0x05 -> new ExternDescription.InstanceUse(in.readIndex());
            default -> throw BinaryReader.unexpected(at, code, "component external kind", "0x0 to 0x5");
        };
    }

    private ExternDescription readTypeBound() {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x00 -> new ExternDescription.TypeEqual(in.readIndex());
            case 0x01 -> new ExternDescription.SubResource();
            default -> throw BinaryReader.unexpected(at, code, "type bound", "0x0 or 0x1");
        };
    }

    private ExternDescription readValueBound() {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x00 -> new ExternDescription.ValueEqual(in.readIndex());
            case 0x01 -> new ExternDescription.ValueOf(readValueReference());
            default -> throw BinaryReader.unexpected(at, code, "value bound", "0x0 or 0x1");
        };
    }

    Alias readAlias() {
        int at = in.position();
        Sort sort = readSort("component outer alias kind");
        int codeAt = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x00 -> new Alias.InstanceExport(sort, in.readIndex(), in.readName(), at);
            case 0x01 -> new Alias.CoreInstanceExport(sort, in.readIndex(), in.readName(), at);
            case 0x02 -> new Alias.Outer(sort, in.readIndex(), in.readIndex(), at);
            default -> throw BinaryReader.unexpected(codeAt, code, "alias", "0x0 to 0x2");
        };
    }

    SortIndex readSortIndex() {
        return new SortIndex(readSort("component external kind"), in.readIndex());
    }

    SortIndex readCoreSortIndex() {
        return new SortIndex(readCoreSort("core external kind"), in.readIndex());
    }

    Sort readSort(String what) {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x00 -> readCoreSort(what);
            case 0x01 -> Sort.FUNC;
            case 0x02 -> {
                gates.require(ComponentFeature.VALUES, at, "a value");
                yield Sort.VALUE;
            }
            case 0x03 -> Sort.TYPE;
            case 0x04 -> Sort.COMPONENT;
            case 0x05 -> Sort.INSTANCE;
            default -> throw BinaryReader.unexpected(at, code, what, "0x0 to 0x5");
        };
    }

    private Sort readCoreSort(String what) {
        int at = in.position();
        int code = in.readByte();
        return switch (code) {
            case 0x00 -> Sort.CORE_FUNC;
            case 0x01 -> Sort.CORE_TABLE;
            case 0x02 -> Sort.CORE_MEMORY;
            case 0x03 -> Sort.CORE_GLOBAL;
            case 0x04 -> Sort.CORE_TAG;
            case 0x10 -> Sort.CORE_TYPE;
            case 0x11 -> Sort.CORE_MODULE;
            case 0x12 -> Sort.CORE_INSTANCE;
            default -> throw BinaryReader.unexpected(at, code, what, "");
        };
    }

    ExternalName readExternalName() {
        int at = in.position();
        int code = in.readByte();
        if (code > 0x02) {
            throw BinaryReader.unexpected(at, code, "component name", "0x0 to 0x2");
        }
        int textAt = in.position();
        String text = in.readName();
        Attributes attributes = code == 0x02 ? readAttributes() : Attributes.NONE;
        return new ExternalName(text, parseName(text, textAt), attributes);
    }

    private ExternName parseName(String text, int at) {
        try {
            ExternName name = ExternName.parse(text, new Place.ByteOffset(at));
            switch (name) {
                case InterfaceName each -> checkName(each, at);
                case PlainName plain -> checkName(plain, at);
            }
            return name;
        } catch (InvalidException wrong) {
            gates.problems().add(wrong);
            return PlainName.of(text);
        }
    }

    private void checkName(PlainName name, int at) {
        if (name.async()) {
            gates.invalid(
                    at, "`" + name + "` is not a valid extern name: `async` stands in the type, no longer in the name");
        }
        if (name.access() != PlainName.Access.CALL) {
            gates.require(ComponentFeature.ACCESSORS, at, "name `" + name + "` of a getter or setter");
        }
    }

    private void checkName(InterfaceName name, int at) {
        if (name.nested()) {
            gates.require(ComponentFeature.NESTED_NAMES, at, "name `" + name + "` with a nested namespace or package");
        }
        if (name.version().isPresent() && name.version().get() instanceof VersionTrack) {
            gates.require(ComponentFeature.CANONICAL_NAMES, at, "name `" + name + "` with a canonical version");
        }
    }

    private Attributes readAttributes() {
        var texts = new ArrayList<Optional<String>>(List.of(Optional.empty(), Optional.empty(), Optional.empty()));
        in.readVector(() -> {
            int at = in.position();
            int code = in.readByte();
            if (code > 0x02) {
                throw BinaryReader.unexpected(at, code, "name option", "0x0 to 0x2");
            }
            String text = in.readName();
            if (texts.get(code).isPresent()) {
                String word =
                        List.of("implements", "versionsuffix", "external-id").get(code);
                throw new MalformedException(at, "duplicate '" + word + "' option in name");
            }
            requireAttribute(code, text, at);
            texts.set(code, Optional.of(text));
            return text;
        });
        return new Attributes(texts.get(0), texts.get(1), texts.get(2));
    }

    private void requireAttribute(int code, String text, int at) {
        switch (code) {
            case 0x00 -> {
                gates.require(ComponentFeature.IMPLEMENTS, at, "the attribute `implements`");
                try {
                    checkName(InterfaceName.parse(text, new Place.ByteOffset(at)), at);
                } catch (InvalidException wrong) {
                    gates.problems().add(wrong);
                }
            }
            case 0x01 -> gates.require(ComponentFeature.CANONICAL_NAMES, at, "the attribute `version-suffix`");
            default -> gates.require(ComponentFeature.IMPLEMENTS, at, "the attribute `external-id`");
        }
    }

    private <T> List<T> notEmpty(List<T> list, int at, String otherwise) {
        if (list.isEmpty()) {
            gates.invalid(at, otherwise);
        }
        return list;
    }
}
