// The page "Without a connection": what was taken along, and what waits to be sent.

import { editAgain } from './queueing.js';
import { count, drop, mark, owner, snapshots, waiting, whenChanged } from './store.js';

const part = (name) => document.querySelector(`[data-part="${name}"]`);

// What the server answered, in its own words: the sentence that a person would read first on that page.
function reason(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const found = page.querySelector('[role="alert"]') || page.querySelector('.r-error, .r-note, .r-lead');
  const title = page.querySelector('h1');
  const text = [found ? '' : title && title.textContent, found && found.textContent].filter(Boolean).join(' ');
  return text.replace(/\s+/g, ' ').trim().slice(0, 400);
}

function line(item, words, again) {
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
  const buttons = { send: () => mark(item.id, 'waits').then(again), edit: () => editAgain(item), drop: () => drop(item.id) };
  for (const [name, deed] of Object.entries(buttons)) one.querySelector(`[data-do="${name}"]`).addEventListener('click', deed);
  one.querySelector('[data-do="edit"]').hidden = !item.said && item.state === 'waits';
  return one;
}

export async function fillShell(words, { send }) {
  const signedIn = Boolean(await owner());
  async function show() {
    const items = await waiting();
    part('waiting').hidden = !items.length;
    part('items').replaceChildren(...items.map((item) => line(item, words, send)));
  }
  const pages = await snapshots().catch(() => []);
  // Written by the server with everything escaped, and sealed since; the policy for content lets no script run in it.
  part('pocket').innerHTML = pages.join('');
  part('nothing').hidden = pages.length > 0 || (await count()) > 0;
  part('away').hidden = navigator.onLine;
  await show();
  whenChanged(show);
  window.addEventListener('online', () => {
    part('away').hidden = true;
    send();
  });
  if (signedIn) await send();
}
