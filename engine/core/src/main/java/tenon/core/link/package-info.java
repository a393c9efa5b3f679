/** Definition of compiled classes: one loader for each linkage, which asks for a class's bytes when the JVM first needs it. */
package tenon.core.link;
