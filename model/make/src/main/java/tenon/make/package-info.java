/** What the rooms of this module share: the error. Next is {@code world}, the worlds of modules joined. */
package tenon.make;
