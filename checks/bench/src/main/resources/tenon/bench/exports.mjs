// Runs exports of a core module on V8: node exports.mjs MODULE WARMUP RUNS NAME:ARG...
// Prints one line an export: name, median nanoseconds, result.
import fs from 'node:fs';

const [file, warmup, runs, ...calls] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(fs.readFileSync(file), {
  env: { hostadd: (a, b) => (a + b) | 0 },
});
for (const call of calls) {
  const [name, argument] = call.split(':');
  const run = instance.exports[name];
  const times = [];
  let result;
  for (let i = 0; i < Number(warmup) + Number(runs); i++) {
    const start = process.hrtime.bigint();
    result = run(Number(argument));
    if (i >= Number(warmup)) times.push(Number(process.hrtime.bigint() - start));
  }
  times.sort((a, b) => a - b);
  console.log(name, times[times.length >> 1], result);
}
