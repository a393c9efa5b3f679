/**
 * Keys and values in a SQLite file, in the table that Spin keeps them in. In: calls of {@link tenon.wasi.keyvalue.KeyValueStore};
 * out: the file. Nothing else uses the driver.
 */
package tenon.host.sqlite;
