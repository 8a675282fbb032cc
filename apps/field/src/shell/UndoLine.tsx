import { Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { mayBeTakenBack, type KeptAct } from '@fengge/web/offline/outbox.ts'
import { actStateWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { usePhone } from '../offline/usePhone.ts'
import { useRegistryWords } from '../words/registry.ts'
import { Icon } from './Icon.tsx'

/** Something done here that is not in the books yet; for some seconds it can be taken back as if it had not been said. */
export function UndoLine({ kept, href }: { readonly kept: KeptAct; readonly href: string }) {
  const { outbox, now } = usePhone()
  const { w } = useWords()
  const say = useRegistryWords()
  const left = mayBeTakenBack(kept, now()) ? (kept.notBefore ?? 0) - now() : 0
  const [, setOver] = useState(0)
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => setOver((n) => n + 1), left)
    return () => clearTimeout(timer)
  }, [left])
  return (
    <div className="notice undo">
      <span>
        {kept.label} · <a href={href}>{w(actStateWords, kept.state)}</a>
      </span>
      {left > 0 && (
        <button className="small" onClick={() => void outbox.drop(kept.act.requestId)}>
          <Icon of={Undo2} />
          {say.undo}
        </button>
      )}
    </div>
  )
}
