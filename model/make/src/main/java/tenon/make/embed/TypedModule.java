package tenon.make.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.make.MakeException;
import tenon.make.Producers;
import tenon.make.core.ModuleSections;
import tenon.make.world.JoinedWorld;
import tenon.wit.PackageGraph;

/**
 * A core module and the types that it brought along.
 *
 * @param module without its type sections
 */
@SuppressWarnings("ArrayRecordComponent")
public record TypedModule(byte[] module, List<TypeSection> types) {
    public TypedModule {
        types = List.copyOf(types);
    }

    /** Takes the type sections out of a module. */
    public static TypedModule of(byte[] binary) {
        var types = new ArrayList<TypeSection>();
        var rest = new ArrayList<ModuleSections.Section>();
        for (ModuleSections.Section section : ModuleSections.read(binary).sections()) {
            Optional<String> name = section.name().filter(text -> text.startsWith(TypeSection.NAME));
            if (name.isPresent()) {
                types.add(MakeException.within(
                        "custom section `" + name.get() + "`", () -> TypeSection.read(section.content())));
            } else {
                rest.add(section);
            }
        }
        return new TypedModule(types.isEmpty() ? binary : new ModuleSections(rest).toByteArray(), types);
    }

    /** A module with one more type section. */
    public static byte[] embed(byte[] module, TypeSection types) {
        return ModuleSections.read(module)
                .plus(ModuleSections.custom(TypeSection.NAME, types.toByteArray()))
                .toByteArray();
    }

    /** All types in one graph: the world {@code root} of package {@code root:root} is all worlds joined. */
    public PackageGraph joined() {
        var joined = new JoinedWorld();
        for (TypeSection each : types) {
            joined.join(each.graph(), each.world());
            joined.keep(each.graph(), each.world());
        }
        return joined.graph();
    }

    /** The encodings of all functions of all sections. */
    public Encodings importEncodings() {
        var encodings = new Encodings();
        types.forEach(each ->
                encodings.add(each.graph(), each.graph().get(each.world()).imports(), each.encoding()));
        return encodings;
    }

    /** The encodings of all functions of all sections. */
    public Encodings exportEncodings() {
        var encodings = new Encodings();
        types.forEach(each ->
                encodings.add(each.graph(), each.graph().get(each.world()).exports(), each.encoding()));
        return encodings;
    }

    /** What made the bindings. */
    public Producers producers() {
        Producers all = Producers.none();
        for (TypeSection each : types) {
            all = all.plus(each.producers());
        }
        return all;
    }
}
