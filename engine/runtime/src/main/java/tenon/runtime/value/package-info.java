/**
 * Component-level values as Java sees them.
 *
 * <p>Two forms. The <em>dynamic</em> one is {@link tenon.runtime.value.Value}, for scripts and the command line. The
 * <em>typed</em> one maps each value type to a Java type, and is what host functions and bindings use:
 *
 * <table>
 * <caption>value types and their Java shapes</caption>
 * <tr><th>value type</th><th>Java</th></tr>
 * <tr><td>bool</td><td>boolean</td></tr>
 * <tr><td>s8, u8</td><td>byte</td></tr>
 * <tr><td>s16, u16</td><td>short</td></tr>
 * <tr><td>s32, u32</td><td>int</td></tr>
 * <tr><td>s64, u64</td><td>long</td></tr>
 * <tr><td>f32, f64</td><td>float, double</td></tr>
 * <tr><td>char</td><td>int, a Unicode scalar value</td></tr>
 * <tr><td>string</td><td>String</td></tr>
 * <tr><td>list of s8 or u8</td><td>byte[]</td></tr>
 * <tr><td>list of 16-, 32-, 64-bit integers or of floats</td><td>short[], int[], long[], float[], double[]</td></tr>
 * <tr><td>any other list</td><td>java.util.List</td></tr>
 * <tr><td>list of fixed length</td><td>as a list; another length is refused</td></tr>
 * <tr><td>map</td><td>java.util.Map, in the order of its entries; of equal keys the last one stays</td></tr>
 * <tr><td>record, tuple</td><td>a Java record, components in order ({@link tenon.runtime.value.Tuple2} and so on are offered)</td></tr>
 * <tr><td>variant</td><td>a sealed interface; its permitted records stand in the order of the cases, each with no or one component</td></tr>
 * <tr><td>enum</td><td>a Java enum, constants in order</td></tr>
 * <tr><td>flags</td><td>a Java record with the one component {@code int} or {@code long}: flag n is bit n</td></tr>
 * <tr><td>option</td><td>java.util.Optional</td></tr>
 * <tr><td>result</td><td>{@link tenon.runtime.value.Result}; {@link tenon.runtime.value.Unit} stands for an absent side</td></tr>
 * <tr><td>own and borrow of a host's resource</td><td>the class that the host registered for it</td></tr>
 * <tr><td>own and borrow of a guest's resource</td><td>{@link tenon.runtime.value.Resource}</td></tr>
 * <tr><td>stream</td><td>{@link tenon.runtime.value.StreamReader}; the host makes one with {@code Store.pipe}</td></tr>
 * <tr><td>future</td><td>{@link tenon.runtime.value.FutureReader}; the host makes one with {@code Store.future}</td></tr>
 * <tr><td>error-context</td><td>{@link tenon.runtime.value.ErrorContext}</td></tr>
 * </table>
 *
 * <p>Integers without a sign keep their bits: u8 255 is the byte -1.
 */
package tenon.runtime.value;
