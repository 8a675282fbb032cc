import { useState } from 'react'
import { readMessages, type Message } from '@fengge/domain/identity/contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { saidOfMessage } from '@fengge/web/words/messages.ts'
import { useDoing } from '../offline/useAsk.ts'

/** What the holder is told that is not about an event; once he said that he read it, it is gone with the next exchange. */
export function Messages({ messages, mayEdit }: { readonly messages: readonly Message[]; readonly mayEdit: boolean }) {
  const { t, fault } = useWords()
  const { isBusy, error, run } = useDoing()
  const [read, setRead] = useState<readonly string[]>([])
  const shown = messages.filter((m) => !read.includes(m.id))
  const ids = shown.map((m) => m.id)
  if (shown.length === 0) return null
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
      {error !== null && <p role="alert">{fault(error)}</p>}
      <button className="button plain" disabled={isBusy} onClick={() => run(markRead)}>
        {t('知道了', 'I have read it')}
      </button>
    </>
  )
}
