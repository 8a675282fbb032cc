import type { Action } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { Button } from '@fengge/web/ui/Button/Button.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { actionWords } from '@fengge/web/words/terms.ts'
import { useKeys } from '../../shell/keys/useKeys.ts'
import { useEventWords } from '../../words/events.ts'
import { besides, keyOf, turnOf } from './turns.ts'

interface Props {
  readonly event: EventView
  readonly act: (action: Action) => void
}

/** What one may do besides the act whose turn it is: each opens its own form. */
export function Besides({ event, act }: Props) {
  const { w } = useWords()
  const say = useEventWords()
  const others = besides(event.can, turnOf(event.can))
  useKeys(
    Object.fromEntries(
      others.flatMap((action) => {
        const key = keyOf[action]
        return key === undefined ? [] : [[key, { says: w(actionWords, action), act: () => act(action) }]]
      }),
    ),
  )
  if (others.length === 0) return null
  return (
    <div className="ev-acts" role="group" aria-label={say.otherActs}>
      {others.map((action) => {
        const key = keyOf[action]
        return (
          <Button
            key={action}
            size="small"
            kind={action === 'force-close' ? 'danger' : 'outline'}
            onClick={() => act(action)}
            {...(key === undefined ? {} : { shortcut: key })}
          >
            {w(actionWords, action)}
          </Button>
        )
      })}
    </div>
  )
}
