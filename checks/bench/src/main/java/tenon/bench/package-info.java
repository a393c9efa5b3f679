/** One class a benchmark; {@link tenon.bench.Main} picks one. Every engine runs in a process of its own, in turn, several rounds. */
package tenon.bench;
