import { Phone } from 'lucide-react'
import { useEffect, useState } from 'react'
import { revealField } from '@fengge/domain/registry/contract'
import type { Held } from '@fengge/domain/sync/rows'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { revealPurposeWords } from '@fengge/web/words/registry.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { Icon } from '../shell/Icon.tsx'
import { useRegistryWords } from '../words/registry.ts'

/** For so long a number stands open. */
const shownFor = 30_000
const purposes = ['contact', 'verify', 'service', 'emergency'] as const

interface Seen {
  readonly number: string
  readonly left: number
}

/** Rings somebody: the number is shown for a stated reason, for half a minute, and that it was seen is written down. */
export function CallPerson({ person }: { readonly person: Held['person'] }) {
  const { holdings } = usePhone()
  const say = useRegistryWords()
  const [isOpen, setOpen] = useState(false)
  const may = holdings.me?.duties.includes('registry.reveal') ?? false
  if (!may || !person.values['phone']) return null
  return (
    <>
      <button
        type="button"
        className="small"
        aria-label={say.callWhom(person.name)}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon of={Phone} />
        {say.call}
      </button>
      {isOpen && <Reveal id={person.id} />}
    </>
  )
}

function Reveal({ id }: { readonly id: string }) {
  const { isOnline } = useField()
  const { w } = useWords()
  const say = useRegistryWords()
  const doing = useDoing()
  const [seen, setSeen] = useState<Seen | null>(null)
  useEffect(() => {
    if (seen === null) return
    const timer = setTimeout(() => setSeen(null), shownFor)
    return () => clearTimeout(timer)
  }, [seen])
  const ask = (purpose: (typeof purposes)[number]) =>
    doing.run(async () => {
      const note = w(revealPurposeWords, purpose)
      const { value, left } = await call(revealField, { requestId: freshId(), id, field: 'phone', purpose, note })
      setSeen({ number: String(value ?? ''), left })
    })
  if (seen)
    return (
      <div className="reveal" role="status">
        <a className="button" href={`tel:${seen.number}`}>
          <Icon of={Phone} />
          {say.dial(seen.number)}
        </a>
        <p className="soft">{say.looksLeft(seen.left)}</p>
      </div>
    )
  return (
    <div className="reveal">
      <p className="soft">{isOnline ? say.callWhy : say.callOffline}</p>
      <ErrorNote error={doing.error} />
      {isOnline && (
        <div className="chips">
          {purposes.map((p) => (
            <button type="button" key={p} className="small" disabled={doing.isBusy} onClick={() => ask(p)}>
              {w(revealPurposeWords, p)}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
