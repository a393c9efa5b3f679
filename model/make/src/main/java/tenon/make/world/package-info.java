/**
 * The worlds that modules bring along, made one: in come graphs of packages, out goes one graph with one world in which an interface that
 * is imported and exported is two. Next is {@code core}, which knows nothing of worlds.
 */
package tenon.make.world;
