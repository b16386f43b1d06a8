// The worker of the whole site: what stays the same is kept, pages always come from the server, and where there is no
// connection a page of ours says so. Nothing personal passes into its caches: pages of who is signed in are no-store.
//
// The server writes `self.reciproca` before this: the addresses of what is kept, each with the hash of its content, so
// a new release is another worker. It takes over at once: it keeps no pages that could be older than their scripts.

import { clientsClaim } from 'workbox-core';
import { ExpirationPlugin } from 'workbox-expiration';
import { enable as preloadPages } from 'workbox-navigation-preload';
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkOnly } from 'workbox-strategies';
import './push.js';
import { sendAll } from './sending.js';
import { clear, clearSnapshots, remembered } from './store.js';

const { kept, pages, usual } = self.reciproca;

self.skipWaiting();
clientsClaim();
cleanupOutdatedCaches();
precacheAndRoute(kept);
preloadPages();

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/static/') && url.searchParams.has('v'),
  new CacheFirst({ cacheName: 'static', plugins: [new ExpirationPlugin({ maxEntries: 60, purgeOnQuotaError: true })] }),
);

async function withoutConnection() {
  const language = await remembered('language').catch(() => '');
  return matchPrecache(pages[language] || pages[usual]);
}

registerRoute(new NavigationRoute(new NetworkOnly({ plugins: [{ handlerDidError: withoutConnection }] })));

// Asked by pages: what is kept goes when somebody signs out or leaves at once, also while the page is already gone.
self.addEventListener('message', (event) => {
  if (event.data === 'clear') event.waitUntil(clear());
  if (event.data === 'signed out') event.waitUntil(clearSnapshots());
});

// Where the browser has it: what waits is sent although no page is open.
self.addEventListener('sync', (event) => {
  if (event.tag === 'queue') event.waitUntil(sendAll());
});
