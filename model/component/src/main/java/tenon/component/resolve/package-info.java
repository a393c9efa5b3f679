/**
 * Records to types: index spaces, subtyping, and all rules of validation. {@link tenon.component.resolve.Resolution} is the way in for who
 * runs a component, {@link tenon.component.resolve.ComponentValidator} for who wants to know all that is wrong with one.
 */
package tenon.component.resolve;
