// Builds static/dist: the stylesheet, the scripts and fonts of others that the pages use, and what runs on the phone. It is built aside and takes
// its place whole: whoever looks meanwhile, or stops it half-way, finds what was there before.
//
// Pages link to /static/PATH?v=HASH (foundation/web/assets.py), the hash being of the content, so that browsers keep it.

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { compile } from 'sass';

const here = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname);
const place = join(here, 'dist');
const dist = join(here, 'dist.new');
const before = join(here, 'dist.old');
const packages = join(here, '..', 'node_modules');
const copied = {
  'js/htmx.min.js': 'htmx.org/dist/htmx.min.js',
  'js/socket.io.min.js': 'socket.io-client/dist/socket.io.min.js',
  'fonts/titillium-web-latin-400-normal.woff2': '@fontsource/titillium-web/files/titillium-web-latin-400-normal.woff2',
  'fonts/titillium-web-latin-600-normal.woff2': '@fontsource/titillium-web/files/titillium-web-latin-600-normal.woff2',
};

// The first twelve digits, as in foundation/web/assets.py.
const hash = (content) => createHash('sha256').update(content).digest('hex').slice(0, 12);

function write(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function copyPackages() {
  for (const [name, source] of Object.entries(copied)) {
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    copyFileSync(join(packages, source), join(dist, name));
  }
}

// A font has one address: the stylesheet names it with the same hash as the pages that preload it.
function withFontHashes(css) {
  return css.replace(/\.\.\/(fonts\/[\w.-]+\.woff2)/g, (link, name) => `${link}?v=${hash(readFileSync(join(dist, name)))}`);
}

function buildStylesheet() {
  const { css } = compile(join(here, 'scss', 'reciproca.scss'), {
    loadPaths: [packages],
    style: 'compressed',
    quietDeps: true,
    silenceDeprecations: ['import', 'global-builtin'],
  });
  write(join(dist, 'css', 'reciproca.css'), withFontHashes(css));
}

// What runs on the phone is put together with the libraries it stands on: one file for pages, one for the worker, and
// the one that takes a worker away again.
function buildPhone() {
  buildSync({
    entryPoints: ['page', 'worker', 'gone'].map((name) => ({ in: join(here, 'pocket', `${name}.js`), out: name })),
    outdir: join(dist, 'phone'),
    nodePaths: [packages],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
}

// Packed once and as small as can be, beside the file itself (foundation/web/assets.py): for each visit there is no time.
function pack(...names) {
  for (const name of names) write(join(dist, `${name}.br`), brotliCompressSync(readFileSync(join(dist, name))));
}

const clear = (folder) => rmSync(folder, { recursive: true, force: true });

function takePlace() {
  clear(before);
  if (existsSync(place)) renameSync(place, before);
  renameSync(dist, place);
  clear(before);
}

clear(dist);
copyPackages();
buildStylesheet();
buildPhone();
pack('css/reciproca.css', 'js/htmx.min.js', 'js/socket.io.min.js', 'phone/page.js');
// For make: it says that the build is whole.
write(join(dist, '.built'), '');
takePlace();
