import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Has the pattern switches of jars choose by {@code instanceof}, in place: {@code java Straighten.java JAR…}.
 *
 * <p>A switch over types asks the JDK for its selector when it first runs, which writes and defines a class for each, and the AOT cache
 * cannot hold those (docs/decisions says what that costs a young process). The selector that is added here answers the same:
 * {@code SwitchBootstraps.typeSwitch}, "static bootstrap arguments". Switches with other labels than types stay as they are.
 */
final class Straighten {
    private static final String BOOTSTRAPS = "java/lang/runtime/SwitchBootstraps";

    private Straighten() {}

    /** A selector to be added: {@code (subject, restart index) → index of the first label that fits, their number, or −1 for null}. */
    private record Selector(String name, MethodTypeDesc type, List<ClassDesc> labels) {
        void write(CodeBuilder code) {
            var known = code.newLabel();
            code.aload(0).ifnonnull(known).iconst_m1().ireturn().labelBinding(known);
            for (int i = 0; i < labels.size(); i++) {
                var next = code.newLabel();
                code.iload(1).loadConstant(i).if_icmpgt(next);
                code.aload(0).instanceOf(labels.get(i)).ifeq(next);
                code.loadConstant(i).ireturn().labelBinding(next);
            }
            code.loadConstant(labels.size()).ireturn();
        }
    }

    public static void main(String[] jars) throws IOException {
        var urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = Path.of(jars[i]).toUri().toURL();
        }
        try (var loader = new URLClassLoader(urls, null)) {
            ClassFile context = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
            for (String jar : jars) {
                rewrite(context, Path.of(jar));
            }
        }
    }

    private static void rewrite(ClassFile context, Path jar) throws IOException {
        Path made = Path.of(jar + ".straight");
        try (var from = new JarFile(jar.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(made))) {
            for (var entry : from.stream().filter(entry -> !entry.isDirectory()).toList()) {
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(entry.getName().endsWith(".class") ? straight(context, bytes) : bytes);
                to.closeEntry();
            }
        }
        Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] straight(ClassFile context, byte[] bytes) {
        ClassModel model = context.parse(bytes);
        boolean concerned = false;
        for (var entry : model.constantPool()) {
            concerned |= entry instanceof InvokeDynamicEntry dynamic && isTypeSwitch(dynamic);
        }
        if (!concerned) {
            return bytes;
        }
        boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
        var selectors = new ArrayList<Selector>();
        CodeTransform calls = (code, element) -> {
            if (element instanceof InvokeDynamicInstruction dynamic && isTypeSwitch(dynamic.invokedynamic())) {
                var selector = new Selector("$select" + selectors.size(), dynamic.typeSymbol(), labels(dynamic.invokedynamic()));
                selectors.add(selector);
                code.invokestatic(model.thisClass().asSymbol(), selector.name, selector.type, isInterface);
            } else {
                code.with(element);
            }
        };
        return context.transformClass(model, ClassTransform.transformingMethodBodies(calls).andThen(ClassTransform.endHandler(
                builder -> selectors.forEach(selector -> builder.withMethodBody(
                        selector.name,
                        selector.type,
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                        selector::write)))));
    }

    private static boolean isTypeSwitch(InvokeDynamicEntry dynamic) {
        var method = dynamic.bootstrap().bootstrapMethod().reference();
        return method.owner().asInternalName().equals(BOOTSTRAPS)
                && method.name().equalsString("typeSwitch")
                && !dynamic.typeSymbol().parameterType(0).isPrimitive()
                && dynamic.bootstrap().arguments().stream().allMatch(ClassEntry.class::isInstance);
    }

    private static List<ClassDesc> labels(InvokeDynamicEntry dynamic) {
        return dynamic.bootstrap().arguments().stream()
                .map(argument -> ((ClassEntry) argument).asSymbol())
                .toList();
    }
}
