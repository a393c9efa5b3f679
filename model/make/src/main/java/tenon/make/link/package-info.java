/**
 * Libraries that were compiled to share one memory and one table, linked: a main module is written that has both, and breaks circles of
 * imports by calls through the table; what the libraries are to find there is filled in when all are instantiated. Tool conventions,
 * "Dynamic Linking"; SharedEverythingDynamicLinking.md of the Component Model.
 */
package tenon.make.link;
