package tenon.component.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.Component;
import tenon.component.ComponentInstance;
import tenon.component.CoreInstance;
import tenon.component.CoreTypeDefinition;
import tenon.component.ExportDeclaration;
import tenon.component.ExternDescription;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.component.read.ComponentDecoder;
import tenon.component.resolve.Resolution;
import tenon.types.component.PrimitiveType;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.types.core.RecGroup;
import tenon.types.core.SubType;

final class ComponentWriterTest {
    private static final byte[] EMPTY_MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private static final TypeExpression.ValueReference U32 = new TypeExpression.Primitive(PrimitiveType.U32);

    @Test
    void countsEachIndexSpace() {
        var writer = new ComponentWriter();
        var function =
                new TypeExpression.FunctionOf(List.of(new TypeExpression.Labelled("x", U32)), Optional.of(U32), false);
        int type = writer.type(function);
        assertEquals(0, type);
        int imported = writer.importItem("f", new ExternDescription.FunctionUse(type));
        assertEquals(0, imported);
        assertEquals(0, writer.add(new Canon.Lower(imported, CanonicalOptions.NONE, 0)));
        assertEquals(1, writer.type(new TypeExpression.ListOf(U32)));
        int lowered = writer.add(new Canon.WaitableSetNew(0));
        assertEquals(1, lowered);
        int module = writer.coreModule(EMPTY_MODULE);
        assertEquals(
                0,
                writer.coreInstance(
                        List.of(new CoreInstance.InlineExport("a", new SortIndex(Sort.CORE_FUNC, lowered)))));
        assertEquals(1, writer.coreInstance(module, List.of(new CoreInstance.Argument("x", 0))));
        assertEquals(1, writer.export("g", new SortIndex(Sort.FUNC, imported)));
        assertEquals(2, writer.count(Sort.CORE_INSTANCE));
        assertEquals(0, writer.count(Sort.INSTANCE));
    }

    @Test
    void writesWhatWasDecoded() {
        var writer = new ComponentWriter();
        writer.add(new CoreTypeDefinition.Group(
                new RecGroup(List.of(SubType.of(new FuncType(List.of(NumType.I32), List.of())))), 0));
        int resource = writer.importItem("r", new ExternDescription.SubResource());
        int instance = writer.type(new TypeExpression.InstanceOf(List.of(
                new TypeDefinition(new TypeExpression.OptionOf(U32), 0),
                new ExportDeclaration(ComponentWriter.plain("o"), new ExternDescription.TypeEqual(0), 0))));
        int imported = writer.importItem("a:b/c@1.0.0", new ExternDescription.InstanceUse(instance));
        int option = writer.instanceExport(Sort.TYPE, imported, "o");
        writer.type(new TypeExpression.TupleOf(List.of(new TypeExpression.TypeIndex(option), U32)));
        writer.add(new Canon.ResourceDrop(resource, 0));
        int nested = writer.component(new ComponentWriter().toByteArray());
        int made = writer.instance(nested, List.of());
        writer.instance(List.of(
                new ComponentInstance.InlineExport(ComponentWriter.plain("in"), new SortIndex(Sort.INSTANCE, made))));
        writer.export("out", new SortIndex(Sort.INSTANCE, made));
        writer.custom("note", new byte[] {1, 2});
        writer.name("whole");
        writer.name(Sort.INSTANCE, imported, "c");
        writer.writeNames();
        byte[] written = writer.toByteArray();

        Component decoded = ComponentDecoder.decode(written);
        Resolution.of(decoded);
        assertEquals(Optional.of("c"), decoded.names().name(Sort.INSTANCE, imported));
        assertEquals(Optional.of("whole"), decoded.names().component());
        var again = new ComponentWriter();
        decoded.definitions().forEach(again::add);
        decoded.customs().forEach(custom -> again.custom(custom, written));
        assertArrayEquals(written, again.toByteArray());
    }
}
