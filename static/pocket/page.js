// What a page does for the phone it is open on: keeps what opens without a connection, and lets what is written without
// one wait. Its words stand in the attributes of #this-phone (templates/community/pocket/_phone.html).

import { hintAtInstalling } from './installing.js';
import { fillShell } from './shell.js';
import { queueForms, refill } from './queueing.js';
import { sendAll } from './sending.js';
import {
  alone, become, clear, clearSnapshots, count, dropSnapshot, keepSnapshot, places, remember, snapshotAge, supported, waiting,
  whenChanged,
} from './store.js';

const STALE = 2 * 60 * 1000;
const A_DAY = 24 * 3600 * 1000;
const place = document.getElementById('this-phone');
const words = place ? place.dataset : {};
const bar = document.getElementById('phone-bar');

// What was sent from this page, until the next one.
let arrived = { text: '', url: '' };

function say(text, url) {
  if (!bar) return;
  const [line, link] = [bar.querySelector('p'), bar.querySelector('a')];
  if (line.textContent !== text) line.textContent = text;
  link.hidden = !url;
  if (url) link.href = url;
  bar.hidden = !text;
}

const counted = (number) => (number === 1 ? words.waitsOne : words.waitsMany.replace('{n}', number));

// One line at the foot of the page: what waits, what needs a look, or that there is no connection.
async function showState() {
  if (!bar) return;
  const items = await waiting().catch(() => []);
  const stuck = items.filter((one) => one.state === 'refused' || one.state === 'old').length;
  if (stuck) say(words.refused, words.list);
  else if (items.some((one) => one.state === 'sign-in')) say(words.signIn, words.list);
  else if (items.length) say(navigator.onLine ? counted(items.length) : `${words.away} ${counted(items.length)}`, words.list);
  else if (navigator.onLine) say(arrived.text, arrived.url);
  else say(words.away, words.list);
  showBesideForms(items);
}

// On the page of the form: the words as they were written, marked as waiting.
function showBesideForms(items) {
  document.querySelectorAll('form[data-queue]').forEach((form) => {
    const list = form.nextElementSibling && form.nextElementSibling.matches('[data-waiting]')
      ? form.nextElementSibling : form.insertAdjacentElement('afterend', document.createElement('ul'));
    list.dataset.waiting = '';
    list.className = 'r-list r-stack r-waiting';
    const here = items.filter((one) => one.url === form.action);
    list.replaceChildren(...here.map((one) => {
      const item = document.createElement('li');
      const [text, state] = [document.createElement('p'), document.createElement('p')];
      text.textContent = one.said || one.what;
      state.className = 'r-small r-soft';
      state.textContent = one.state === 'waits' ? words.waits : words.needsLook;
      item.append(text, state);
      return item;
    }));
    list.hidden = !here.length;
    const folded = form.closest('details');
    if (folded && here.length) folded.open = true;
  });
}

// Says how many went.
async function send() {
  if (!navigator.onLine || !(await count().catch(() => 0))) {
    await showState();
    return 0;
  }
  const { sent } = await sendAll();
  if (sent.length) {
    const here = sent.some((one) => one.page === location.pathname + location.search);
    const last = sent[sent.length - 1];
    arrived = { text: here ? words.sentHere : words.sent, url: last.next || (here ? location.href : last.page) };
    await takeAlong(words.pocket, 0);
  }
  await showState();
  return sent.length;
}

// Fetches what opens without a connection, now and then; what may not be read any more goes at once.
async function takeAlong(place, age) {
  if (!words.pocket || document.visibilityState === 'hidden' || (await snapshotAge(place)) < age) return;
  let response;
  try {
    response = await fetch(place, { headers: { 'HX-Request': 'true' }, credentials: 'same-origin', cache: 'no-store' });
  } catch {
    return; // no connection: what is there stays
  }
  if (response.status === 200 && !response.redirected) await keepSnapshot(place, await response.text());
  else if (response.status < 500) await dropSnapshot(place);
}

// That of this community, and once a day those of others: who left one, or met no one there for weeks, carries nothing on.
async function takeAllAlong() {
  await takeAlong(words.pocket, STALE);
  for (const place of await places()) if (place !== words.pocket) await takeAlong(place, A_DAY);
}

async function takeAway() {
  await clear();
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}

// Signing out clears this phone; with words that still wait it asks first.
function clearAtGoing() {
  document.addEventListener('leaving', () => clear().catch(() => undefined));
  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!new URL(form.action, location.href).pathname.startsWith('/sign-out')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if ((await count().catch(() => 0)) && !window.confirm(words.goingAway)) return;
    await clear().catch(() => undefined); // the server's answer clears as well: nobody is kept from going
    form.submit();
  }, true);
}

async function signedIn() {
  try {
    await become(words.owner);
    await remember('language', words.language);
  } catch {
    delete words.stays; // no room, or not allowed: nothing is laid down here, and what is typed stays in its form
  }
  // A browser may refuse it, for want of room or by its owner's wish: words still wait, and go from the next page.
  const registration = await navigator.serviceWorker.register(words.worker, { updateViaCache: 'none' }).catch(() => null);
  if (!words.pocket) await clearSnapshots().catch(() => undefined);
  clearAtGoing();
  queueForms(words, { say, then: async () => {
    await showState();
    if (registration && registration.sync) await registration.sync.register('queue').catch(() => undefined);
  } });
  await refill().catch(() => undefined);
  whenChanged(showState);
  ['online', 'offline'].forEach((name) => window.addEventListener(name, send));
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') send(); });
  document.addEventListener('htmx:afterSettle', showState);
  await send();
  await alone('pocket', takeAllAlong).catch(() => undefined);
  hintAtInstalling();
}

async function begin() {
  if (!place || !supported || !('serviceWorker' in navigator)) return;
  if (words.shell !== undefined) await fillShell(words, { send });
  else if (words.worker) await signedIn();
  else await takeAway();
}

begin();
