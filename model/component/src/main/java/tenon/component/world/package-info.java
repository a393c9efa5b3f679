/**
 * What a component asks for and offers, as types, as text, and as what it can reach.
 */
package tenon.component.world;
