import { Check, CloudOff, RefreshCw, TriangleAlert } from 'lucide-react'
import { useField, usePhone } from '../offline/usePhone.ts'
import { useShellWords } from '../words/shell.ts'
import { Icon } from './Icon.tsx'

/** Whether all that was done here is with the desk: on every page, always. */
export function SyncMark() {
  const { outbox } = usePhone()
  const say = useShellWords()
  const { isOnline, fault } = useField()
  const waiting = outbox.waiting().length
  const isTroubled = isOnline && fault !== '' && fault !== 'signed-out'
  return (
    <span className="mark" role="status">
      {isOnline && waiting === 0 && !isTroubled && (
        <span className="pill">
          <Icon of={Check} />
          {say.synced}
        </span>
      )}
      {!isOnline && waiting === 0 && (
        <span className="pill pill-half">
          <Icon of={CloudOff} />
          {say.noSignal}
        </span>
      )}
      {isTroubled && waiting === 0 && (
        <span className="pill pill-half">
          <Icon of={TriangleAlert} />
          {say.trouble}
        </span>
      )}
      {waiting > 0 && (
        <a className="pill pill-half" href="#more/outbox">
          <Icon of={isOnline ? RefreshCw : CloudOff} />
          {!isOnline && <span className="hidden">{say.noSignal} </span>}
          {say.unsent(waiting)}
        </a>
      )}
    </span>
  )
}

/** What is to be seen to, one line each; nothing where all is well. */
export function Strips() {
  const { outbox } = usePhone()
  const say = useShellWords()
  const { fault, hasUpdate } = useField()
  const trouble = outbox.list().filter((k) => k.state === 'refused' || k.state === 'held').length
  const update = async () => {
    ;(await navigator.serviceWorker.getRegistration('/field/'))?.waiting?.postMessage('update')
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload())
  }
  return (
    <>
      {trouble > 0 && (
        <a className="strip strip-over" href="#more/outbox">
          <Icon of={TriangleAlert} />
          {say.refused(trouble)}
        </a>
      )}
      {fault === 'signed-out' && (
        <a className="strip" href="#more/sign-in">
          <Icon of={TriangleAlert} />
          {say.signedOut}
        </a>
      )}
      {hasUpdate && (
        <button className="strip strip-news" onClick={() => void update()}>
          <Icon of={RefreshCw} />
          {say.update}
        </button>
      )}
    </>
  )
}
