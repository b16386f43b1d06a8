// What is kept on this phone: the owner's key, what opens without a connection, and what waits to be sent.
//
// All of it is sealed (AES-GCM). The key is made here, cannot be read out, and goes first when something is cleared.

import { openDB } from 'idb';

const NAME = 'reciproca';
const STORES = ['owner', 'snapshots', 'queue', 'settings'];
const CHANNEL = 'reciproca';
const LONGEST_KEPT = 14 * 24 * 3600 * 1000;

export const supported = Boolean(globalThis.indexedDB && globalThis.crypto && crypto.subtle);

let opened;

function database() {
  opened = opened || openDB(NAME, 1, {
    upgrade(db) {
      for (const name of STORES) db.createObjectStore(name, name === 'queue' ? { keyPath: 'id', autoIncrement: true } : undefined);
    },
    blocking(_from, _to, event) {
      event.target.close();
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
  return opened;
}

// Reads of one store. The browser may end the transaction under them, as when the answer to signing out has it clear
// everything: the read itself says so to who asked, and nobody else waits for the end of the transaction.
async function read(name, deed) {
  const transaction = (await database()).transaction(name);
  transaction.done.catch(() => undefined);
  return deed(transaction.store);
}

// One at a time, over all pages and the worker; where a browser has no locks, at once.
export function alone(name, deed, options = {}) {
  return navigator.locks ? navigator.locks.request(name, options, deed) : deed({});
}

// Tells the other pages of this phone that what waits has changed.
export function changed() {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('changed');
  channel.close();
}

export function whenChanged(deed) {
  if (typeof BroadcastChannel === 'undefined') return;
  new BroadcastChannel(CHANNEL).addEventListener('message', deed);
}

// ---- whose it is

export function owner() {
  return read('owner', (store) => store.get('owner'));
}

// From now on this phone keeps things for `tag`: whatever was somebody else's is gone.
export function become(tag) {
  return alone('owner', async () => {
    const known = await owner();
    if (known && known.tag === tag) return;
    await clear();
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await (await database()).put('owner', { tag, key }, 'owner');
  });
}

export async function clear() {
  const db = await database();
  await db.clear('owner');
  await Promise.all([db.clear('snapshots'), db.clear('queue')]);
  changed();
}

export async function clearSnapshots() {
  await (await database()).clear('snapshots');
}

async function seal(value, key) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(value)));
  return { iv, data };
}

async function unseal({ iv, data }, key) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data)));
}

// ---- what opens without a connection

export async function keepSnapshot(place, html) {
  const whose = await owner();
  if (!whose) return;
  const sealed = await seal(html, whose.key);
  const kept = await owner();
  // Somebody may have signed out while it was sealed.
  if (kept && kept.tag === whose.tag) await (await database()).put('snapshots', { ...sealed, at: Date.now() }, place);
}

export async function snapshotAge(place) {
  const kept = await read('snapshots', (store) => store.get(place));
  return kept ? Date.now() - kept.at : Infinity;
}

export async function dropSnapshot(place) {
  await (await database()).delete('snapshots', place);
}

export function places() {
  return read('snapshots', (store) => store.getAllKeys());
}

// What was not renewed for two weeks is shown no more: so long telephone numbers may be seen after the end, and no longer.
export async function snapshots() {
  const whose = await owner();
  if (!whose) return [];
  const sealed = (await read('snapshots', (store) => store.getAll())).filter((one) => Date.now() - one.at < LONGEST_KEPT);
  return Promise.all(sealed.map((one) => unseal(one, whose.key)));
}

// ---- what waits to be sent

export async function enqueue(item) {
  const whose = await owner();
  if (!whose) return false;
  const sealed = await seal(item, whose.key);
  await (await database()).add('queue', { ...sealed, owner: whose.tag, at: Date.now(), state: 'waits', tries: 0 });
  changed();
  return true;
}

export function count() {
  return read('queue', (store) => store.count());
}

// The oldest first, each with what it says; what cannot be unsealed any more is nobody's.
export async function waiting() {
  const whose = await owner();
  if (!whose) return [];
  const found = [];
  for (const row of await read('queue', (store) => store.getAll())) {
    try {
      const answer = row.answer ? await unseal(row.answer, whose.key) : '';
      found.push({ ...row, ...(await unseal(row, whose.key)), answer });
    } catch {
      await (await database()).delete('queue', row.id);
    }
  }
  return found;
}

export async function mark(id, state, { answer = '', tried = false } = {}) {
  const whose = await owner();
  const sealed = answer && whose ? await seal(answer, whose.key) : undefined;
  const transaction = (await database()).transaction('queue', 'readwrite');
  async function write() {
    const row = await transaction.store.get(id);
    if (row) await transaction.store.put({ ...row, state, answer: sealed, tries: row.tries + (tried ? 1 : 0) });
  }
  await Promise.all([write(), transaction.done]);
  changed();
}

export async function drop(id) {
  await (await database()).delete('queue', id);
  changed();
}

// ---- small things that say nothing of anybody

export async function remember(name, value) {
  await (await database()).put('settings', value, name);
}

export function remembered(name) {
  return read('settings', (store) => store.get(name));
}
