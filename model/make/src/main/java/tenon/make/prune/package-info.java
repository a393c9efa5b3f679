/** Adapters cut down to what is used of them. Next is {@code component}. */
package tenon.make.prune;
