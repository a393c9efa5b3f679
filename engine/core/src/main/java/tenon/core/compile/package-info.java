/**
 * Function bodies to class files. A body is decoded once into a {@link tenon.core.compile.FunctionBody}; a {@link
 * tenon.core.compile.Region} says which stretches become methods of their own; the emitters write them through {@code
 * java.lang.classfile}. Knows the classes that compiled code calls by name only.
 */
package tenon.core.compile;
