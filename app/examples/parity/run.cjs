// Runs the program of this machine and its WASM side by side and compares what they say.
// Usage: node run.cjs PROGRAM WASM_MODULE CASES SEED; exits 1 when a digest differs or a rule was never reached.
const { execFile } = require('node:child_process');
const { resolve } = require('node:path');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

// Every rule that speaks of a session, and how: a run that reaches fewer proves less than it says.
const BLOCK = ['R10', 'R13', 'R15', 'R17', 'R18', 'R19', 'R20', 'R21', 'R22', 'R23', 'R24', 'R25', 'R26', 'R27', 'R28', 'R29', 'R31', 'R37', 'R38', 'R41'];
const WARN = ['R15', 'R19', 'R21', 'R24', 'R26', 'R28', 'R30', 'R41'];

if (isMainThread) main();
else parentPort.postMessage(require(workerData.wasm).judge(workerData.cases, workerData.seed));

function native(program, cases, seed) {
  return new Promise((done, fail) => execFile(program, [cases, seed], (error, out) => (error ? fail(error) : done(out))));
}

function browser(wasm, cases, seed) {
  return new Promise((done, fail) => {
    const worker = new Worker(__filename, { workerData: { wasm: resolve(wasm), cases: Number(cases), seed: Number(seed) } });
    worker.on('message', done).on('error', fail);
  });
}

async function timed(name, run) {
  const started = performance.now();
  const report = JSON.parse(await run);
  return { name, ...report, seconds: (performance.now() - started) / 1000 };
}

async function main() {
  const [program, wasm, cases, seed] = process.argv.slice(2);
  const sides = await Promise.all([timed('native', native(program, cases, seed)), timed('wasm32', browser(wasm, cases, seed))]);
  const [first, second] = sides;
  const number = (value) => value.toLocaleString('en');
  for (const side of sides) {
    console.log(`${side.name}  ${side.digest}  ${number(side.cases)} cases, ${number(side.slots)} other times, ${side.seconds.toFixed(1)} s`);
  }
  console.log('\nrule     blocks      warns');
  for (const [rule, [blocks, warns]] of Object.entries(first.rules)) {
    console.log(`${rule.padEnd(4)} ${number(blocks).padStart(10)} ${number(warns).padStart(10)}`);
  }
  const missing = [
    ...BLOCK.filter((rule) => !first.rules[rule]?.[0]).map((rule) => `${rule} never blocked`),
    ...WARN.filter((rule) => !first.rules[rule]?.[1]).map((rule) => `${rule} never warned`),
    ...(first.slots ? [] : ['no other time was ever found']),
  ];
  const different = first.digest !== second.digest || JSON.stringify(first.rules) !== JSON.stringify(second.rules);
  console.log(`\n${[...(different ? ['the two sides differ'] : ['both sides agree']), ...missing].join('; ')}`);
  process.exitCode = different || missing.length ? 1 : 0;
}
