// Builds static/dist: the stylesheet, the third-party scripts and fonts, and compressed copies of all that is served.
//
// Pages link to /static/PATH?v=HASH (foundation/web/assets.py), the hash being of the content, so that browsers keep it.
// Compressed copies lie in dist/packed/PATH.br and .gz, PATH being the one under static/.

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { compile } from 'sass';

const here = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname);
const dist = join(here, 'dist');
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

function served() {
  return readdirSync(here, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(here, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .filter((name) => !/^(scss\/|dist\/packed\/|build\.mjs$)/.test(name))
    .sort();
}

function pack(name, content) {
  if (!/\.(css|js|svg|json|webmanifest|txt)$/.test(name)) return;
  const path = join(dist, 'packed', name);
  write(`${path}.gz`, gzipSync(content, { level: 9 }));
  write(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}

rmSync(dist, { recursive: true, force: true });
copyPackages();
buildStylesheet();
for (const name of served()) pack(name, readFileSync(join(here, name)));
// Written last: it says that the build is whole.
write(join(dist, '.built'), '');
