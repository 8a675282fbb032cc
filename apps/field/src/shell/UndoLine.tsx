import { Undo2 } from 'lucide-react'
import type { KeptAct } from '@fengge/web/offline/outbox.ts'
import { actStateWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { usePhone } from '../offline/usePhone.ts'
import { useRegistryWords } from '../words/registry.ts'
import { Icon } from './Icon.tsx'

/** Something done here that is not in the books yet; for some seconds it can be taken back as if it had not been said. */
export function UndoLine({ kept, href }: { readonly kept: KeptAct; readonly href: string }) {
  const { outbox } = usePhone()
  const { w } = useWords()
  const say = useRegistryWords()
  return (
    <div className="notice undo">
      <span>
        {kept.label} · <a href={href}>{w(actStateWords, kept.state)}</a>
      </span>
      {outbox.mayBeTakenBack(kept.act.requestId) && (
        <button className="small" onClick={() => void outbox.drop(kept.act.requestId)}>
          <Icon of={Undo2} />
          {say.undo}
        </button>
      )}
    </div>
  )
}
