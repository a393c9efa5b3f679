/**
 * Compiled classes kept on disk between processes, and the fact that a module was found valid. In: modules and the class files that the
 * engine wrote for them; out: the same class files in a later process. Knows nothing of how they are made; the root asks it first.
 */
package tenon.core.cache;
