// Runs the statements of a file on sqlite compiled to WebAssembly, on V8: node sqlite.mjs MODULE STATEMENTS WARMUP RUNS
// Prints one line a statement: number, median nanoseconds, result code. The module's imports fail politely: an in-memory
// database needs none of them.
import fs from 'node:fs';

const [file, statements, warmup, runs] = process.argv.slice(2);
const module = new WebAssembly.Module(fs.readFileSync(file));
const memory = new WebAssembly.Memory({ initial: 2048, maximum: 32768 });
const imports = {};
for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
  imports[from] ??= {};
  imports[from][name] = kind === 'memory' ? memory : () => (name === '__syscall_openat' ? -44 : 0);
}
const exports = new WebAssembly.Instance(module, imports).exports;
exports.__wasm_call_ctors();
const text = (string) => {
  const bytes = new TextEncoder().encode(string + '\0');
  const at = exports.malloc(bytes.length);
  new Uint8Array(memory.buffer).set(bytes, at);
  return at;
};
const handle = exports.malloc(4);
const opened = exports.sqlite3_open(text(':memory:'), handle);
if (opened !== 0) throw new Error('sqlite3_open: ' + opened);
const database = new DataView(memory.buffer).getUint32(handle, true);
let number = 0;
for (const line of fs.readFileSync(statements, 'utf8').split('\n').filter((each) => each.trim())) {
  number++;
  const sql = text(line);
  const times = [];
  let code = 0;
  for (let i = 0; i < Number(warmup) + Number(runs); i++) {
    const start = process.hrtime.bigint();
    code = exports.sqlite3_exec(database, sql, 0, 0, 0);
    if (i >= Number(warmup)) times.push(Number(process.hrtime.bigint() - start));
  }
  times.sort((a, b) => a - b);
  console.log(number, times[times.length >> 1], code);
}
