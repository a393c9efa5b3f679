package tenon.conformance.architecture;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.ModuleRequireInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the rules need to know of one class file. Immutable.
 *
 * @param name binary name with dots; {@code module-info} for a module descriptor
 * @param uses binary names of all classes that its code, its descriptors and its signatures name, itself left out
 * @param requires names of required modules, if it is a module descriptor; {@code requires static} left out
 */
record CompiledClass(String name, Set<String> uses, List<String> requires) {
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w$]+(?:/[\\w$]+)+)[;<]");

    static CompiledClass read(Path file) throws IOException {
        ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
        String name = model.thisClass().asInternalName().replace('/', '.');
        var uses = new TreeSet<String>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> addNamed(type.asInternalName(), uses);
                case Utf8Entry text -> addDescribed(text.stringValue(), uses);
                default -> {} // a pool has many kinds of entry that name no class by themselves
            }
        }
        uses.remove(name);
        return new CompiledClass(name, Set.copyOf(uses), requires(model));
    }

    String packageName() {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(0, dot);
    }

    /** Without the package and without the classes around it; blank for an anonymous class. */
    String simpleName() {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.substring(last.lastIndexOf('$') + 1).replaceFirst("^\\d+", "");
    }

    private static void addNamed(String internalName, Set<String> uses) {
        if (internalName.startsWith("[")) {
            addDescribed(internalName, uses);
        } else {
            uses.add(internalName.replace('/', '.'));
        }
    }

    private static void addDescribed(String text, Set<String> uses) {
        var matcher = IN_DESCRIPTOR.matcher(text);
        while (matcher.find()) {
            uses.add(matcher.group(1).replace('/', '.'));
        }
    }

    private static List<String> requires(ClassModel model) {
        return model.findAttribute(Attributes.module())
                .map(module -> module.requires().stream()
                        .filter(required -> (required.requiresFlagsMask() & ClassFile.ACC_STATIC_PHASE) == 0)
                        .map(ModuleRequireInfo::requires)
                        .map(required -> required.name().stringValue())
                        .toList())
                .orElse(List.of());
    }
}
