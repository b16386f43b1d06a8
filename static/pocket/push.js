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
