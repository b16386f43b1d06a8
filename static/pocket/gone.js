// Served in place of the worker when the operator turned it off: it takes away what the other kept, and itself.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) await caches.delete(name);
    indexedDB.deleteDatabase('reciproca');
    await self.registration.unregister();
  })());
});
