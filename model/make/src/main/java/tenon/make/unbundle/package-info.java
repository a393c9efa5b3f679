/** Components taken apart: their core modules become files, and the component imports them. */
package tenon.make.unbundle;
