import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Lifts the old class files of a jar to Java 8's version, with stack maps: {@code java Modernize.java IN OUT}.
 *
 * <p>The JDK's AOT cache leaves out classes older than version 50, and the JVM verifies those with its slow old verifier at each start. The
 * argument parser is such a library (docs/decisions says what it costs). The code stays as it was; the JVM verifies the result.
 */
final class Modernize {
    private static final int FIRST_WITH_STACK_MAPS = 50;

    private Modernize() {}

    public static void main(String[] arguments) throws IOException {
        Path in = Path.of(arguments[0]);
        try (var loader = new URLClassLoader(new URL[] {in.toUri().toURL()}, null);
                var from = new JarFile(in.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
            ClassFile context = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ConstantPoolSharingOption.NEW_POOL,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (var entry : from.stream().filter(entry -> !entry.isDirectory()).toList()) {
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(entry.getName().endsWith(".class") ? modern(context, bytes) : bytes);
                to.closeEntry();
            }
        }
    }

    private static byte[] modern(ClassFile context, byte[] bytes) {
        ClassModel old = context.parse(bytes);
        if (old.majorVersion() >= FIRST_WITH_STACK_MAPS) {
            return bytes;
        }
        try {
            return context.transformClass(old, (builder, element) -> {
                if (element instanceof ClassFileVersion) {
                    builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                } else {
                    builder.with(element);
                }
            });
        } catch (IllegalArgumentException | IllegalStateException unresolvable) {
            // names classes of a library that is not there (Groovy); it stays as slow as it was
            return bytes;
        }
    }
}
