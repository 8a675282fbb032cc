import { createRoot } from 'react-dom/client'
import '@fengge/web/ui/tokens.css'
import './shell/field.css'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { setLanguage } from '@fengge/web/words/language.ts'
import { realLine } from './offline/line.ts'
import { makePhone } from './offline/phone.ts'
import { browserPlace, keepRound } from './offline/place.ts'
import { PhoneProvider } from './offline/usePhone.ts'
import { FieldShell } from './shell/FieldShell.tsx'

declare const __APP_VERSION__: string

setLanguage(localStorage.getItem('fengge.language') === 'en' ? 'en' : 'zh')
const phone = makePhone({
  line: realLine,
  place: browserPlace,
  clock: Date.now,
  makeId: freshId,
  wait: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms)
    }),
  version: __APP_VERSION__,
  isOnline: navigator.onLine,
})
void phone.gate.start()
keepRound(phone)
createRoot(document.getElementById('root')!).render(
  <PhoneProvider value={phone}>
    <FieldShell />
  </PhoneProvider>,
)

/** The program for days without signal; a newer one is announced and comes when its user wants it. */
async function keepProgram(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const announce = () => phone.state.set({ hasUpdate: true })
  const registration = await navigator.serviceWorker.register('/field/sw.js', { scope: '/field/' })
  const watch = () => {
    const fresh = registration.installing
    fresh?.addEventListener('statechange', () => {
      if (fresh.state === 'installed' && navigator.serviceWorker.controller) announce()
    })
  }
  registration.addEventListener('updatefound', watch)
  if (registration.waiting && navigator.serviceWorker.controller) announce()
}
window.addEventListener('load', () => void keepProgram().catch(() => undefined))
