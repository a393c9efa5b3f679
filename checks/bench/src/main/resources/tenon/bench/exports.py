# Runs exports of a core module on wasmtime's library: python3 exports.py MODULE WARMUP RUNS NAME:ARG...
# Prints one line an export: name, median nanoseconds, result.
import sys
import time

from wasmtime import Engine, Func, FuncType, Instance, Module, Store, ValType

file, warmup, runs, *calls = sys.argv[1:]
store = Store(Engine())
module = Module.from_file(store.engine, file)
i32 = ValType.i32()
imports = [Func(store, FuncType([i32, i32], [i32]), lambda a, b: a + b) for _ in module.imports]
exports = Instance(store, module, imports).exports(store)
for call in calls:
    name, argument = call.split(":")
    times = []
    for i in range(int(warmup) + int(runs)):
        start = time.perf_counter_ns()
        result = exports[name](store, int(argument))
        if i >= int(warmup):
            times.append(time.perf_counter_ns() - start)
    times.sort()
    print(name, times[len(times) // 2], result)
