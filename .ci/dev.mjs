// Builds and serves, and does so again on every change. What is built is what `make run` builds, in the profile `dev`, by the same scripts;
// the page listens through Leptos's AutoReload, whose two messages ("all", and the address of a stylesheet) are sent here.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, watch } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const ADDRESS = `127.0.0.1:${process.env.PORT ?? 3000}`;
const PROGRAM = join(process.env.CARGO_TARGET_DIR, 'debug/affianco');
const FOLDERS = ['app', 'frontend', 'server', 'style'];
const SOURCES = /\.(rs|toml|sql|js|mjs|scss|svg|txt)$/;
/** An editor that saves writes more than once. */
const REST_MILLIS = 100;
/** Where a page of a debug build asks: the default of LeptosOptions. */
const RELOAD_PORT = 3001;
/** What the handshake of a web socket adds to the key (RFC 6455, 4.2.2). */
const HANDSHAKE = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const say = (text) => console.log(`\x1b[1m==>\x1b[0m ${text}`);

// --- the pages that wait for a word ---------------------------------------------------------------------------------
const pages = new Set();
createServer()
  .on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + HANDSHAKE).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    socket.on('error', () => socket.destroy()).on('close', () => pages.delete(socket)).resume();
    pages.add(socket);
  })
  .listen(RELOAD_PORT, '127.0.0.1');

/** One unmasked text frame, shorter than 126 bytes. */
function tell(message) {
  const text = Buffer.from(JSON.stringify(message));
  for (const page of pages) page.write(Buffer.concat([Buffer.from([0x81, text.length]), text]));
}

// --- the program ------------------------------------------------------------------------------------------------------
let server;

async function stop() {
  if (server?.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

/** Starts it anew; returns when it listens, or has ended. */
async function serve() {
  await stop();
  const args = ['serve', '--demo', '--data', 'data', '--listen', ADDRESS];
  server = spawn(PROGRAM, args, { env: { ...process.env, LEPTOS_WATCH: '1' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const listens = new Promise((done) => {
    createInterface(server.stdout).on('line', (line) => {
      console.log(line);
      if (line.startsWith('listening on')) done();
    });
  });
  await Promise.race([listens, once(server, 'exit')]);
}

async function run(command, ...args) {
  const [code] = await once(spawn(command, args, { stdio: 'inherit' }), 'exit');
  return code === 0;
}

/** Builds what the changed files call for, and tells the pages; what does not compile leaves all as it is. */
async function make(changed) {
  const only = (sources) => changed.length > 0 && changed.every((file) => sources.test(file));
  if (!(await run('.ci/build-assets', 'dev'))) return say('not built: mended files are built again');
  if (only(/^style\/.*\.scss$/)) return tell({ css: 'pkg/affianco.css' });
  if (!only(/^style\//)) {
    if (!(await run('cargo', 'build', '-p', 'server'))) return say('not built: mended files are built again');
    await serve();
  }
  tell({ all: true });
}

// --- the files ----------------------------------------------------------------------------------------------------------
const changed = new Set();
const followed = new Set();
let wake = () => {};

/** Follows a folder and those in it; called again, also those that are new. */
function follow(folder) {
  if (!followed.has(folder)) {
    followed.add(folder);
    watch(folder, (_, name) => {
      if (!name || !SOURCES.test(name)) return;
      changed.add(join(folder, name));
      wake();
    }).on('error', () => followed.delete(folder));
  }
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== 'node_modules') follow(join(folder, entry.name));
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop().then(() => process.exit()));
FOLDERS.forEach(follow);
await make([]);
say(`watching ${FOLDERS.join(', ')}; sign in as operatore, responsabile, coach or sistema, password affianco; Ctrl+C ends it`);
for (;;) {
  if (changed.size === 0) await new Promise((resolve) => (wake = resolve));
  await sleep(REST_MILLIS);
  const files = [...changed];
  changed.clear();
  say(`changed: ${files.join(', ')}`);
  await make(files);
  FOLDERS.forEach(follow);
}
