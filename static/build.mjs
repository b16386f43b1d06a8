// Builds static/dist: the stylesheet, and the scripts and fonts of others that the pages use.
//
// Pages link to /static/PATH?v=HASH (foundation/web/assets.py), the hash being of the content, so that browsers keep it.

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

rmSync(dist, { recursive: true, force: true });
copyPackages();
buildStylesheet();
// Written last: it says that the build is whole.
write(join(dist, '.built'), '');
