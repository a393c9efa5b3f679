package tenon.core.compile;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** How class files are written. */
final class ClassFiles {
    static final int STATIC = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    /** No class needs to be looked up: where two types of references meet, both are read as objects only. */
    private static final ClassFile CONTEXT = ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(name -> ClassHierarchyResolver.ClassHierarchyInfo.ofClass(
                    name.equals(ConstantDescs.CD_Object) ? null : ConstantDescs.CD_Object)));

    private ClassFiles() {}

    /** How many bytes of bytecode each method of a class has. */
    static IntStream codeLengths(byte[] classFile) {
        return CONTEXT.parse(classFile).methods().stream()
                .flatMap(method -> method.findAttribute(Attributes.code()).stream())
                .mapToInt(CodeAttribute::codeLength);
    }

    static byte[] write(ClassDesc name, ClassDesc superclass, Consumer<ClassBuilder> content) {
        return CONTEXT.build(name, builder -> {
            builder.withFlags(
                    ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC);
            builder.withSuperclass(superclass);
            content.accept(builder);
        });
    }
}
