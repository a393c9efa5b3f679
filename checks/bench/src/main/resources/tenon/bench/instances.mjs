// Instantiates a core module and touches pages of it, on V8: node instances.mjs MODULE WARMUP RUNS
// Prints one line a row: name, median nanoseconds of batches of 100, a checksum.
import fs from 'node:fs';

const [file, warmup, runs] = process.argv.slice(2);
const module = new WebAssembly.Module(fs.readFileSync(file));
const imports = { env: { hostadd: (a, b) => (a + b) | 0 } };
const batch = 100;
for (const pages of [0, 10]) {
  const times = [];
  let sum = 0;
  for (let i = 0; i < Number(warmup) + Number(runs); i++) {
    const start = process.hrtime.bigint();
    for (let k = 0; k < batch; k++) {
      const { exports } = new WebAssembly.Instance(module, imports);
      sum = pages === 0 ? 0 : exports.touch(0, pages);
    }
    if (i >= Number(warmup)) times.push(Number(process.hrtime.bigint() - start) / batch);
  }
  times.sort((a, b) => a - b);
  console.log(pages === 0 ? 'instantiate' : 'and-10-pages', Math.round(times[times.length >> 1]), sum);
}
