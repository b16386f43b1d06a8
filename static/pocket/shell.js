// The page "Without a connection": what was taken along, and what waits to be sent.

import { editAgain, reachable } from './queueing.js';
import { count, drop, enqueue, mark, owner, snapshots, waiting, whenChanged } from './store.js';

const part = (name) => document.querySelector(`[data-part="${name}"]`);

// What the server answered, in its own words: the sentence that a person would read first on that page.
function reason(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const found = page.querySelector('[role="alert"]') || page.querySelector('.r-error, .r-note, .r-lead');
  const title = page.querySelector('h1');
  const text = [found ? '' : title && title.textContent, found && found.textContent].filter(Boolean).join(' ');
  return text.replace(/\s+/g, ' ').trim().slice(0, 400);
}

function line(item, words, again, thrown) {
  const one = document.importNode(part('item').content, true).firstElementChild;
  const fill = (name, text) => {
    const place = one.querySelector(`[data-fill="${name}"]`);
    place.textContent = text;
    place.hidden = !text;
  };
  const state = { waits: words.waits, 'sign-in': words.signInFirst, old: words.old, refused: words.notDone }[item.state];
  fill('what', item.what);
  fill('said', item.said);
  fill('state', state);
  fill('answer', item.answer ? reason(item.answer) : '');
  const buttons = { send: () => mark(item.id, 'waits').then(again), edit: () => editAgain(item), drop: thrown };
  for (const [name, deed] of Object.entries(buttons)) one.querySelector(`[data-do="${name}"]`).addEventListener('click', deed);
  one.querySelector('[data-do="edit"]').hidden = !item.said && item.state === 'waits';
  return one;
}

// A number that may no longer be seen is taken out, although the phone has not been told.
function takeOutWhatIsOver() {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((number) => String(number).padStart(2, '0')).join('-');
  document.querySelectorAll('[data-until]').forEach((one) => { if (one.dataset.until < today) one.remove(); });
}

// What can be answered and written from here. It always waits first, and goes at once where there is a connection.
function takeDeeds(words, { show, sendNow }) {
  part('pocket').querySelectorAll('[data-deeds]').forEach((one) => { one.hidden = false; });
  part('pocket').addEventListener('submit', async (event) => {
    const form = event.target;
    event.preventDefault();
    if (!form.reportValidity()) return;
    const fields = [...new FormData(form), ['request_key', crypto.randomUUID ? crypto.randomUUID() : newKey()]];
    const said = [...form.querySelectorAll('textarea')].map((field) => field.value.trim()).join(' ').slice(0, 500);
    const item = { url: form.action, page: form.dataset.page, what: form.dataset.later, fields, said };
    const kept = await enqueue(item).catch(() => undefined);
    part('told').textContent = kept ? words.waits : words.full;
    if (!kept) return;
    form.reset();
    if (form.dataset.once !== undefined) form.dataset.once = 'said';
    await show();
    const worker = await navigator.serviceWorker.getRegistration();
    if (worker && worker.sync) await worker.sync.register('queue').catch(() => undefined);
    await sendNow();
  });
}

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

// One answer for each: while it waits, and once it went, there is nothing more to say there.
function hideWhatIsSaid(items) {
  const urls = new Set(items.map((one) => one.url));
  part('pocket').querySelectorAll('[data-deeds]').forEach((deeds) => {
    const answers = [...deeds.querySelectorAll('form[data-once]')];
    const isSaid = answers.some((form) => form.dataset.once === 'said' || urls.has(form.action));
    answers.forEach((form) => { form.hidden = isSaid; });
  });
}

export async function fillShell(words, { send }) {
  const signedIn = Boolean(await owner());
  async function show() {
    const items = await waiting();
    part('waiting').hidden = !items.length;
    part('items').replaceChildren(...items.map((item) => line(item, words, sendNow, () => isThrown(item))));
    hideWhatIsSaid(items);
  }
  async function sendNow() {
    const gone = await send();
    if (gone) part('told').textContent = words.sent;
    else if ((await waiting()).some((one) => one.state === 'refused')) part('told').textContent = words.refused;
    await show();
  }
  function isThrown(item) {
    part('told').textContent = '';
    part('pocket').querySelectorAll('form[data-once]').forEach((form) => { if (form.action === item.url) form.dataset.once = ''; });
    return drop(item.id);
  }
  const pages = await snapshots().catch(() => []);
  // Written by the server with everything escaped, and sealed since; the policy for content lets no script run in it.
  part('pocket').innerHTML = pages.join('');
  takeOutWhatIsOver();
  takeDeeds(words, { show, sendNow });
  part('nothing').hidden = pages.length > 0 || (await count()) > 0;
  await show();
  // It opens where a page could not be had, whatever the phone believes of its signal.
  reachable().then((there) => { part('away').hidden = there; });
  whenChanged(show);
  window.addEventListener('offline', () => { part('away').hidden = false; });
  window.addEventListener('online', () => {
    part('away').hidden = true;
    sendNow();
  });
  if (signedIn) await sendNow();
}
