/**
 * The core engine: a valid module comes in, a linked module that instantiates goes out. {@code CoreEngine} opens it; below
 * lie {@code tenon.core.compile} (function bodies to bytecode), {@code tenon.core.link} (classes and call sites) and {@code
 * tenon.core.memory} (what compiled code reads and writes).
 */
package tenon.core;
