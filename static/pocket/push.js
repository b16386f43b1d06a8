// What the worker does with a notice that is pushed to this device, and with a tap on it. The worker imports this file
// for what it does; it stands on nothing else.
//
// A notice says {id, title, body, path, tag, lang, dir} (community/pushing/jobs.py). One of the same matter (tag) takes the
// place of the one before; the same one told twice (id) makes no second sound.

self.addEventListener('push', (event) => {
  event.waitUntil(show(read(event.data)));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(address(event.notification.data && event.notification.data.path)));
});

// A push service may change the address of a device: no page is open then, so the worker tells the server the new one.
const RENEWED = '/notices/phone/renewed';

self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renew(event.newSubscription).catch(askLater));
});

self.addEventListener('sync', (event) => {
  if (event.tag === 'push') event.waitUntil(renew());
});

function askLater() {
  return self.registration.sync && self.registration.sync.register('push').catch(() => undefined);
}

async function renew(given) {
  const answer = await fetch(RENEWED, { credentials: 'same-origin', cache: 'no-store', headers: { Accept: 'application/json' } });
  if (answer.status >= 500) throw new Error('not now');
  if (!answer.ok || answer.redirected) return; // signed out: nobody is told of anything here
  const { on, key, token } = await answer.json();
  if (!on) return;
  const { pushManager } = self.registration;
  const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  const present = given || (await pushManager.getSubscription()) || (await pushManager.subscribe(options));
  const { endpoint, keys } = present.toJSON();
  const body = new URLSearchParams({ csrf_token: token, endpoint, public_key: keys.p256dh, secret: keys.auth });
  const told = await fetch(RENEWED, { method: 'POST', credentials: 'same-origin', body });
  if (told.status >= 500) throw new Error('not now');
}

function bytes(base64) {
  const padded = (base64 + '='.repeat((4 - (base64.length % 4)) % 4)).replace(/-/g, '+').replace(/_/g, '/');
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}

function read(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

async function show(notice) {
  const tag = notice.tag || 'notice';
  const present = await self.registration.getNotifications({ tag });
  const isRepeat = present.some((one) => one.data && one.data.id === notice.id);
  // A browser takes the permission back from who shows nothing, so a repeat is shown too, in silence.
  await self.registration.showNotification(notice.title || 'Reciproca', {
    body: notice.body || '',
    tag,
    lang: notice.lang || '',
    dir: notice.dir || 'auto',
    renotify: present.length > 0 && !isRepeat,
    silent: isRepeat,
    data: { id: notice.id, path: notice.path || '/' },
  });
}

// Never anywhere but here, whatever a notice says.
function address(path) {
  const wanted = new URL(path || '/', self.location.origin);
  return wanted.origin === self.location.origin ? wanted.href : `${self.location.origin}/`;
}

async function open(wanted) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const here = pages.find((page) => page.url === wanted);
  if (here) return here.focus();
  return self.clients.openWindow(wanted);
}
