// Times the search for another time in the WASM that the parity check uses. Usage: node slots.cjs WASM_MODULE; prints milliseconds as JSON.
const { resolve } = require('node:path');
const { Search } = require(resolve(process.argv[2]));

/** The median of many runs, after the engine has compiled what it will compile. */
function median(search) {
  const times = [];
  for (const end = performance.now() + 2000; performance.now() < end; ) {
    const started = performance.now();
    search.run();
    times.push(performance.now() - started);
  }
  times.sort((one, other) => one - other);
  return { median: times[times.length >> 1], found: search.run() };
}

console.log(JSON.stringify({ normal_week: median(Search.normal_week()), nothing_free: median(Search.nothing_free()) }));
