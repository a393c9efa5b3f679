# Instantiates a core module and touches pages of it, on wasmtime's pooling allocator: python3 instances.py MODULE WARMUP RUNS
# Prints one line a row: name, median nanoseconds of batches of 100, a checksum.
import sys
import time

from wasmtime import Config, Engine, Func, FuncType, Instance, Module, Store, ValType

file, warmup, runs = sys.argv[1:]
engine = Engine(Config())
module = Module.from_file(engine, file)
i32 = ValType.i32()
kind = FuncType([i32, i32], [i32])
batch = 100
for pages in (0, 10):
    times = []
    result = 0
    for i in range(int(warmup) + int(runs)):
        start = time.perf_counter_ns()
        for _ in range(batch):
            store = Store(engine)
            imports = [Func(store, kind, lambda a, b: a + b)]
            instance = Instance(store, module, imports)
            if pages:
                result = instance.exports(store)["touch"](store, 0, pages)
        if i >= int(warmup):
            times.append((time.perf_counter_ns() - start) / batch)
    times.sort()
    print("and-10-pages" if pages else "instantiate", round(times[len(times) // 2]), result)
