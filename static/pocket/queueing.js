// Forms whose words may wait: <form data-queue="what it is, in words">, with a request key.

import { drop, enqueue, waiting } from './store.js';

const PATIENCE = 5000;
const AGAIN = 10000; // as in forms.js: a form on its way is not sent twice
const REFILL = 'refill';

export async function reachable() {
  if (!navigator.onLine) return false;
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), PATIENCE);
  try {
    await fetch('/healthz', { cache: 'no-store', signal: stop.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(clock);
  }
}

function written(form, submitter) {
  const data = new FormData(form);
  if (submitter && submitter.name) data.append(submitter.name, submitter.value);
  const fields = [...data].filter(([, value]) => typeof value === 'string');
  const files = [...data].some(([, value]) => typeof value !== 'string' && value.size > 0);
  const said = [...form.querySelectorAll('textarea, input[type="text"]')].map((field) => field.value.trim());
  return { fields, files, said: said.filter(Boolean).join(' · ').slice(0, 500) };
}

// What is asked for is there: an empty answer would only come back from the server, a day later.
const isWhole = (form) => [...form.querySelectorAll('textarea[required], input[required]')].every((field) => field.validity.valid);

async function keep(form, submitter) {
  const { fields, files, said } = written(form, submitter);
  const page = location.pathname + location.search;
  const kept = await enqueue({ url: form.action, page, what: form.dataset.queue, fields, said });
  if (!kept) return { kept };
  form.reset();
  // The next words of this form are others: they go under a key of their own.
  const key = form.querySelector('[name="request_key"]');
  if (key) key.value = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now();
  return { kept, files };
}

// Of pages that somebody may fear to be seen reading, and of what only few may read, no word is laid down.
const nothingKept = () => Boolean(document.querySelector('[data-exit-kind="page"], [data-nothing-kept]'));
const mayWait = (form, words) => form.dataset.queue !== undefined && words.stays !== undefined && !nothingKept();

export function queueForms(words, { say, then }) {
  async function wait(form, submitter) {
    form.querySelectorAll('[aria-busy]').forEach((button) => button.removeAttribute('aria-busy'));
    if (!isWhole(form)) {
      form.reportValidity();
      return say(words.empty);
    }
    // A phone without room left keeps nothing: the words stay in their form, and that is said.
    const { kept, files } = await keep(form, submitter).catch(() => ({ full: true }));
    if (!kept) return say(kept === undefined ? words.full : words.lost);
    await then();
    if (files) say(words.photos, words.list);
    return undefined;
  }

  function sendAsItIs(form, submitter) {
    if (submitter && submitter.name) {
      const pressed = Object.assign(document.createElement('input'), { type: 'hidden', name: submitter.name, value: submitter.value });
      form.append(pressed);
    }
    HTMLFormElement.prototype.submit.call(form);
  }

  // Before forms.js and htmx: what cannot be sent now is kept, what else is typed stays in its form.
  window.addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    if (form.method !== 'post' || new URL(form.action, location.href).origin !== location.origin) return;
    const stop = () => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    if (!mayWait(form, words)) {
      if (navigator.onLine) return;
      stop();
      say(words.lost);
    } else if (!navigator.onLine) {
      stop();
      wait(form, submitter);
    } else if (!form.matches('[data-hx-post], [hx-post]')) {
      stop();
      if (form.dataset.asking !== undefined) return;
      form.dataset.asking = '';
      const release = setTimeout(() => delete form.dataset.asking, AGAIN);
      if (submitter) submitter.setAttribute('aria-busy', 'true');
      reachable().then((there) => {
        if (there) return sendAsItIs(form, submitter);
        clearTimeout(release);
        delete form.dataset.asking;
        return wait(form, submitter);
      });
    }
  }, true);

  window.addEventListener('pageshow', () => {
    document.querySelectorAll('form[data-asking]').forEach((form) => delete form.dataset.asking);
  });

  ['htmx:sendError', 'htmx:timeout'].forEach((name) => document.addEventListener(name, (event) => {
    const form = event.target.closest && event.target.closest('form');
    if (!form) say(words.lost);
    else if (mayWait(form, words)) wait(form);
    else say(words.lost);
  }));
}

// ---- words that came back: put into their form again

export function editAgain(item) {
  sessionStorage.setItem(REFILL, String(item.id));
  location.href = item.page;
}

export async function refill() {
  const id = Number(sessionStorage.getItem(REFILL));
  if (!id) return;
  sessionStorage.removeItem(REFILL);
  const item = (await waiting()).find((one) => one.id === id);
  const form = item && [...document.querySelectorAll('form[data-queue]')].find((one) => one.action === item.url);
  if (!form) return;
  for (const [name, value] of item.fields) {
    if (name === 'csrf_token' || name === 'request_key' || name === 'version') continue;
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = field.checked || field.value === value;
      else if (field.type !== 'submit' && field.type !== 'file') field.value = value;
    }
  }
  await drop(id);
  if (form.closest('details')) form.closest('details').open = true;
  const first = form.querySelector('textarea, input:not([type="hidden"]), button');
  if (first) first.focus();
}
