import { createRoot } from 'react-dom/client'
import { setLanguage } from '@fengge/web/words/language.ts'
import { announceUpdate, keepRound, start } from './offline/field.ts'
import { FieldShell } from './shell/FieldShell.tsx'
import './shell/field.css'

setLanguage(localStorage.getItem('fengge.language') === 'en' ? 'en' : 'zh')
void start()
keepRound()
createRoot(document.getElementById('root')!).render(<FieldShell />)

/** The program for days without signal; a newer one is announced and comes when its user wants it. */
async function keepProgram(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const registration = await navigator.serviceWorker.register('/field/sw.js', { scope: '/field/' })
  const watch = () => {
    const fresh = registration.installing
    fresh?.addEventListener('statechange', () => {
      if (fresh.state === 'installed' && navigator.serviceWorker.controller) announceUpdate()
    })
  }
  registration.addEventListener('updatefound', watch)
  if (registration.waiting && navigator.serviceWorker.controller) announceUpdate()
}
window.addEventListener('load', () => void keepProgram().catch(() => undefined))
