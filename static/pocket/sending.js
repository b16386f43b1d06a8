// Sends what waits, in the order in which it was written: from a page, or from the worker once the connection is back.
//
// Each carries its request key, so the server does it once however often it is sent; the protection of the form
// (csrf_token) is asked for anew, together with who is signed in now.

import { alone, become, drop, mark, waiting } from './store.js';

export const WHOSE = '/pocket/whose';
// The server forgets request keys after seven days: from then on a repeat would be done twice.
const LONGEST_WAIT = 6 * 24 * 3600 * 1000;
const PATIENCE = 30000;
const LATER = new Set([400, 408, 425, 429, 500, 502, 503, 504]);
const MOST_TRIES = 5;

async function ask(url, options = {}) {
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await fetch(url, { credentials: 'same-origin', cache: 'no-store', signal: stop.signal, ...options });
  } finally {
    clearTimeout(clock);
  }
}

function body(item, token) {
  const fields = new URLSearchParams();
  for (const [name, value] of item.fields) if (name !== 'csrf_token') fields.append(name, value);
  fields.append('csrf_token', token);
  return fields;
}

const signInAsked = (response) =>
  new URL(response.headers.get('HX-Redirect') || response.url, self.location.href).pathname.startsWith('/sign-in');

// What became of one: 'sent', 'sign-in', 'later', or 'refused' with the page that says why.
async function post(item, token) {
  const response = await ask(item.url, { method: 'POST', body: body(item, token), headers: { 'HX-Request': 'true' } });
  if (signInAsked(response)) return { became: 'sign-in' };
  if (response.ok) return { became: 'sent', next: response.headers.get('HX-Redirect') || '' };
  if (LATER.has(response.status) && item.tries < MOST_TRIES) return { became: 'later' };
  return { became: 'refused', answer: (await response.text()).slice(0, 200000) };
}

// Sends all that waits and says how many were. A connection that is gone again is no fault, nor is a store that the
// browser closes (AbortError): what is left waits on.
export function sendAll() {
  return alone('queue', async (lock) => (lock ? sendEach() : { sent: [] }), { ifAvailable: true });
}

async function sendEach() {
  const sent = [];
  try {
    const items = (await waiting()).filter((one) => one.state === 'waits' || one.state === 'sign-in');
    if (!items.length) return { sent };
    const { owner, token } = await (await ask(WHOSE)).json();
    if (owner && items.some((one) => one.owner !== owner)) {
      await become(owner); // written by somebody else: it is not sent in this person's name, and goes
      return { sent };
    }
    for (const item of items) {
      if (Date.now() - item.at > LONGEST_WAIT) {
        await mark(item.id, 'old');
        continue;
      }
      const { became, answer, next } = owner ? await post(item, token) : { became: 'sign-in' };
      if (became === 'sent') {
        await drop(item.id);
        sent.push({ ...item, next });
      } else if (became === 'refused') {
        await mark(item.id, 'refused', { answer, tried: true });
      } else {
        await mark(item.id, became === 'sign-in' ? 'sign-in' : 'waits', { tried: became === 'later' });
        break;
      }
    }
  } catch (fault) {
    if (!(fault instanceof TypeError) && fault.name !== 'AbortError' && !(fault instanceof SyntaxError)) throw fault;
  }
  return { sent };
}
