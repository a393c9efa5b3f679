/**
 * What the imports and exports of a core module mean for a world, by their names: BuildTargets.md of the Component Model for the names that
 * start with {@code cm32p2}, the names that today's tools write for all others. Next is {@code prune}.
 */
package tenon.make.names;
