/**
 * Core modules as sections and in the making; nothing here knows what a component is. Next is {@code embed}, which looks for types in custom
 * sections.
 */
package tenon.make.core;
