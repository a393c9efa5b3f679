/**
 * The Canonical ABI as readable, interpreted code: the reference that {@code adapt} must agree with. Comes in: flat core values
 * and linear memory, each index and length of which is a guest's and is checked. Goes out: Java values in the form that a
 * {@link tenon.runtime.abi.Shape} says, and the other way round.
 */
package tenon.runtime.abi;
