// The figures beside their targets. Usage: node table.cjs CRITERION_FOLDER MEMORY_JSON WASM_JSON
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const [criterion, memoryFile, wasmFile] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const nanoseconds = (name) => read(join(criterion, name, 'new/estimates.json')).median.point_estimate;
const memory = read(memoryFile);
const wasm = read(wasmFile);
const micro = (name) => `${(nanoseconds(name) / 1e3).toFixed(2)} µs`;
const milli = (value) => `${value.toFixed(2)} ms`;
const bytes = (used) => `${used.bytes} B in ${used.allocations} allocations`;
const rows = [
  ['one check, a week of 60 sessions', micro('check'), '< 20 µs'],
  ['  memory of one that finds nothing', bytes(memory.check), ''],
  ['  memory of one that is refused', bytes(memory.check_refused), ''],
  ['another time in a normal week', milli(nanoseconds('search_normal_week') / 1e6), ''],
  ['  in WASM', milli(wasm.normal_week.median), '< 5 ms'],
  ['another time with nothing free', milli(nanoseconds('search_nothing_free') / 1e6), ''],
  ['  in WASM', milli(wasm.nothing_free.median), ''],
  ['a series of 44 hours', milli(nanoseconds('series_44_hours') / 1e6), ''],
];
const width = (column) => Math.max(...rows.map((row) => row[column].length));
console.log();
for (const [what, figure, target] of [['measured (median)', 'figure', 'target'], ...rows]) {
  console.log(`${what.padEnd(width(0))}  ${figure.padStart(width(1))}  ${target}`);
}
