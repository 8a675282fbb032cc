import { useState } from 'react'
import type { Action } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { Choice } from '@fengge/web/ui/Choice/Choice.tsx'
import { Panel } from '@fengge/web/ui/Panel/Panel.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { actionWords } from '@fengge/web/words/terms.ts'
import { useEventWords } from '../../words/events.ts'
import { ActForm } from '../acts/ActForm.tsx'
import { Besides } from '../acts/Besides.tsx'
import { turnOf } from '../acts/turns.ts'
import { useKeys } from '../../shell/keys/useKeys.ts'
import { useHolder } from '../view/useHolder.ts'

interface Props {
  readonly event: EventView
  readonly act: (action: Action) => void
}

/** The act whose turn it is, as a form in the page: its answers as cards, what the chosen one asks, one button. */
export function TurnPanel({ event, act }: Props) {
  const { w } = useWords()
  const say = useEventWords()
  const holder = useHolder(event)
  const turn = turnOf(event.can)
  if (turn.length === 0)
    return (
      <Panel title={holder === '' ? say.isOver : say.turnOfOther(holder)}>
        <p className="ev-calm">{holder === '' ? say.nothingOwed : say.nothingForYou}</p>
        <Besides event={event} act={act} />
      </Panel>
    )
  return (
    <Panel title={say.yourTurn(w(actionWords, turn[0]))}>
      <Answers event={event} turn={turn} />
      <Besides event={event} act={act} />
    </Panel>
  )
}

function Answers({ event, turn }: { readonly event: EventView; readonly turn: readonly Action[] }) {
  const { w } = useWords()
  const say = useEventWords()
  const [chosen, setChosen] = useState<Action>(turn[0]!)
  const action = turn.includes(chosen) ? chosen : turn[0]!
  useKeys(turn.length < 2 ? {} : Object.fromEntries(turn.map((each, i) => [String(i + 1), () => setChosen(each)])))
  return (
    <>
      {turn.length > 1 && (
        <Choice
          label={say.question(turn[0]!)}
          options={turn.map((each, i) => ({
            value: each,
            label: w(actionWords, each),
            note: say.follows(each) || undefined,
            shortcut: String(i + 1),
          }))}
          value={action}
          onChange={(value) => setChosen(value as Action)}
        />
      )}
      <div className="turn-form">
        <ActForm key={`${event.version} ${action}`} event={event} action={action} />
      </div>
    </>
  )
}
