/* The service worker: the whole program lies in one cache; data never does. A new version waits until its user says so. */
const version = '__VERSION__'
const files = ['__FILES__']
const cacheName = `fengge-${version}`

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName)
      for (const file of files) {
        const answer = await fetch(file, { cache: 'no-cache', credentials: 'same-origin' })
        if (!answer.ok) throw new Error(`${file} ${answer.status}`)
        // The page asks for the day while it loads; from the cache it need not, since the phone has its own books.
        if (file === '/field/')
          await cache.put(
            file,
            new Response((await answer.text()).replace(/<link rel="preload"[^>]*>/, ''), { headers: answer.headers }),
          )
        else await cache.put(file, answer)
      }
    })(),
  )
})
self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith('fengge-') && name !== cacheName) await caches.delete(name)
      await self.clients.claim()
    })(),
  )
})
self.addEventListener('message', (event) => {
  if (event.data === 'update') void self.skipWaiting()
})
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || !url.pathname.startsWith('/field/'))
    return
  const key = event.request.mode === 'navigate' ? '/field/' : event.request
  event.respondWith((async () => (await caches.match(key, { ignoreSearch: true })) ?? fetch(event.request))())
})
