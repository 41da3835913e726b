// Makes the site folder (target/site/pkg) from the stylesheet, the library's icons and fonts, and the compiled front end.
// Usage: node style/build.mjs release|dev [PROGRAM.wasm…]; without them, only the static parts. Call it through .ci/build-assets.
// A step whose inputs are the same as last time is skipped, and a file is written only when it changed: cargo embeds this folder and looks at times.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const STYLE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(STYLE);
const SITE = join(ROOT, 'target/site/pkg');
const WORK = join(ROOT, 'target/assets');
const MODULES = join(STYLE, 'node_modules');
const SPRITES = join(MODULES, 'bootstrap-italia/dist/svg/sprites.svg');
const FONTS = [400, 600, 700].map((weight) => join(MODULES, `@fontsource/titillium-web/files/titillium-web-latin-${weight}-normal.woff2`));
// What rustc emits for wasm32; wasm-opt refuses to read features it was not told of.
const WASM_FEATURES = ['bulk-memory', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'reference-types', 'multivalue'];

// Machine code that no browser runs: hydration of pages that come in parts (ours come whole), and the list of routes, which is the server's. It hangs on
// tables of functions, so no optimiser may drop it; its bodies are taken out before one runs. Only these functions themselves: LLVM keeps one of several that
// are alike under the name of any of them, and what is nested in these (drop glue, closures), or hydrates from a template, is like what browsers do run.
const NEVER_RUN = /::(hydrate_async(::\{\{closure\}\})?|generate_routes)(::h[0-9a-f]{16})?$/;

// Flat code without needless loops packs better, and a second round finds what the first has made possible.
const SMALLER = ['--flatten', '--rereloop', '-Oz', '-Oz'];

const [profile = 'release', ...programs] = process.argv.slice(2);
const release = profile === 'release';
const tool = (name, ...args) => execFileSync(name, args, { stdio: ['ignore', 'pipe', 'inherit'] });
const npm = (name) => join(MODULES, '.bin', name);
const under = (folder, keep) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .flatMap((entry) => (entry.isDirectory() ? under(join(folder, entry.name), keep) : [join(folder, entry.name)]))
    .filter(keep)
    .sort();

/** One symbol per icon in use, so that a page points at `/pkg/icons.svg#name`. */
function icons() {
  const sprites = readFileSync(SPRITES, 'utf8');
  const library = readFileSync(join(STYLE, 'icons.txt'), 'utf8').split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#'));
  const symbols = library.map((name) => {
    const symbol = sprites.match(new RegExp(`<(svg|symbol)[^>]*\\bid="${name}"[^>]*>([\\s\\S]*?)</\\1>`));
    if (!symbol) throw new Error(`style/icons.txt: the library has no icon "${name}"`);
    const viewBox = symbol[0].match(/viewBox="([^"]+)"/)?.[1] ?? '0 0 24 24';
    return `<symbol id="${name}" viewBox="${viewBox}">${symbol[2].trim()}</symbol>`;
  });
  const ours = under(join(STYLE, 'icons'), (file) => file.endsWith('.svg')).map((file) => {
    const [, viewBox, drawing] = readFileSync(file, 'utf8').match(/<svg[^>]*viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/);
    return `<symbol id="${basename(file, '.svg')}" viewBox="${viewBox}">${drawing.trim()}</symbol>`;
  });
  return { 'icons.svg': `<svg xmlns="http://www.w3.org/2000/svg">\n${[...symbols, ...ours].join('\n')}\n</svg>\n` };
}

function stylesheet() {
  return { 'affianco.css': tool(join(STYLE, 'bin/sass'), `--style=${release ? 'compressed' : 'expanded'}`, join(STYLE, 'main.scss')) };
}

function copies() {
  const fonts = FONTS.map((file) => [`fonts/${basename(file)}`, readFileSync(file)]);
  return { 'favicon.svg': readFileSync(join(STYLE, 'favicon.svg')), ...Object.fromEntries(fonts) };
}

/** A module in which the functions of those names stop the program instead of doing anything. */
async function withoutBodies(file, names) {
  const { default: binaryen } = await import(pathToFileURL(join(MODULES, 'binaryen/index.js')));
  const module = binaryen.readBinary(readFileSync(file));
  let found = 0;
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const each = module.getFunctionByIndex(index);
    if (!names.test(binaryen.getFunctionInfo(each).name)) continue;
    binaryen.Function.setBody(each, module.unreachable());
    found++;
  }
  if (!found) throw new Error(`no function is called ${names}: has the framework renamed them?`);
  return module.emitBinary();
}

/** The WASM of a program and its script. esbuild also folds in the snippets that crates bring along, so the page loads two files. */
async function program(wasm) {
  const name = basename(wasm, '.wasm');
  const bindgen = join(WORK, name);
  rmSync(bindgen, { recursive: true, force: true });
  tool('wasm-bindgen', '--target', 'web', '--no-typescript', '--out-name', name, '--out-dir', bindgen, wasm);
  const raw = join(bindgen, `${name}_bg.wasm`);
  const small = join(bindgen, `${name}.wasm`);
  if (release) {
    const trimmed = join(bindgen, 'trimmed.wasm');
    writeFileSync(trimmed, await withoutBodies(raw, NEVER_RUN));
    tool(npm('wasm-opt'), ...SMALLER, ...WASM_FEATURES.map((name) => `--enable-${name}`), trimmed, '-o', small);
  }
  const script = tool(npm('esbuild'), join(bindgen, `${name}.js`), '--bundle', '--format=esm', '--log-level=error', ...(release ? ['--minify'] : []));
  return { [`${name}.wasm`]: readFileSync(release ? small : raw), [`${name}.js`]: script.toString().replaceAll(`${name}_bg.wasm`, `${name}.wasm`) };
}

const lock = join(STYLE, 'package-lock.json');
const steps = [
  { name: 'stylesheet', make: stylesheet, inputs: [lock, join(STYLE, 'bin/sass'), ...under(STYLE, (file) => file.endsWith('.scss'))] },
  { name: 'icons', make: icons, inputs: [lock, join(STYLE, 'icons.txt'), ...under(join(STYLE, 'icons'), (file) => file.endsWith('.svg'))] },
  { name: 'fonts and favicon', make: copies, inputs: [lock, join(STYLE, 'favicon.svg')] },
  ...programs.map((wasm) => ({ name: `program ${basename(wasm, '.wasm')}`, make: () => program(wasm), inputs: [lock, wasm] })),
];

/** Leaves a file with the same content alone. */
function put(name, content) {
  const path = join(SITE, name);
  if (existsSync(path) && readFileSync(path).equals(Buffer.from(content))) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

async function compressed(files) {
  const brotli = promisify(brotliCompress);
  const options = (content) => ({ params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  const pick = Object.entries(files).filter(([name]) => /\.(css|js|wasm|svg)$/.test(name));
  return Object.fromEntries(await Promise.all(pick.map(async ([name, content]) => [`${name}.br`, await brotli(Buffer.from(content), options(content))])));
}

mkdirSync(SITE, { recursive: true });
mkdirSync(WORK, { recursive: true });
const record = join(WORK, `made-${profile}.json`);
const before = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : {};
// The other profile writes the same files: what it recorded no longer holds.
rmSync(join(WORK, `made-${release ? 'dev' : 'release'}.json`), { force: true });
const after = {};
for (const { name, make, inputs } of steps) {
  const hash = createHash('sha256').update(profile);
  for (const file of [fileURLToPath(import.meta.url), ...inputs]) hash.update(relative(ROOT, file)).update(readFileSync(file));
  const from = hash.digest('hex');
  if (before[name]?.from === from && before[name].files.every((file) => existsSync(join(SITE, file)))) {
    after[name] = before[name];
    continue;
  }
  const started = Date.now();
  const files = await make();
  if (release) Object.assign(files, await compressed(files));
  for (const [file, content] of Object.entries(files)) put(file, content);
  after[name] = { from, files: Object.keys(files) };
  console.log(`    ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
writeFileSync(record, JSON.stringify(after, null, 2));

// Only what these steps made is served (cargo-leptos puts its own files here when only the static parts were asked for).
if (programs.length) {
  const kept = new Set(Object.values(after).flatMap(({ files }) => files));
  for (const file of under(SITE, () => true)) if (!kept.has(relative(SITE, file))) rmSync(file);
}
