import { useState } from 'react'
import { readMessages, type Message, type Told } from '@fengge/domain/identity/contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { saidOfMessage, saidOfTold } from '@fengge/web/words/messages.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useDayWords } from '../words/day.ts'

/** What the holder is told that is not about an event; once he said that he read it, it is gone with the next exchange. */
interface Shown {
  readonly messages: readonly Message[]
  readonly told: readonly Told[]
  readonly mayEdit: boolean
}
export function Messages({ messages, told, mayEdit }: Shown) {
  const { t, fault } = useWords()
  const say = useDayWords()
  const { isBusy, error, run } = useDoing()
  const [read, setRead] = useState<readonly string[]>([])
  const shown = messages.filter((m) => !read.includes(m.id))
  const waiting = told.filter((m) => !read.includes(m.id))
  const ids = [...shown, ...waiting].map((m) => m.id)
  if (ids.length === 0) return null
  const markRead = async () => {
    await call(readMessages, { requestId: freshId(), ids })
    setRead([...read, ...ids])
  }
  return (
    <>
      {shown.map((m) => (
        <p className="card" key={m.id}>
          {t(...saidOfMessage(m, mayEdit))}
        </p>
      ))}
      {waiting.map((m) =>
        m.kind === 'arrival-offered' ? (
          <a className="card row-link" key={m.id} href="#more/arrivals">
            {t(...saidOfTold(m))}
          </a>
        ) : (
          <p className="card" key={m.id}>
            {t(...saidOfTold(m))}
          </p>
        ),
      )}
      {error !== null && <p role="alert">{fault(error)}</p>}
      <button className="button plain" disabled={isBusy} onClick={() => run(markRead)}>
        {say.haveRead}
      </button>
    </>
  )
}
