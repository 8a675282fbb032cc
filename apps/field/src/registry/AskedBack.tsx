import { linkRoleWords } from '@fengge/web/words/registry.ts'
import { useWords } from '@fengge/web/words/language.ts'
import type { KeptAct } from '@fengge/web/offline/outbox.ts'
import type { Holdings } from '@fengge/web/offline/holdings.ts'
import { usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'
import { answered, questionOfKept, type Answer, type Question } from './questions.ts'
import { useRegistryWords } from '../words/registry.ts'

/** About whom it is asked; empty where this phone does not know. */
export interface Those {
  readonly name: string
  /** Who heads the house now. */
  readonly head: string
}

type Say = ReturnType<typeof useRegistryWords>

function sentenceOf({ code, answers, onDay = '' }: Question, { name, head }: Those, say: Say): string {
  if (code === 'link.planned') return say.doesMoveStand(name, onDay)
  if (code === 'leaving.headed') return say.hasAnotherHead(name)
  if (answers.length === 1) return say.elsewhereFirst(name)
  return say.whoOfTwoHeads(head, name)
}

function wordOf(answer: Answer, code: Question['code'], { name, head }: Those, say: Say): string {
  switch (answer) {
    case 'off':
      return say.moveIsOff
    case 'stays':
      return say.moveStands
    case 'head':
      return say.headIsNow(name, head)
    case 'again':
      return say.headAgain(name, head)
    default:
      return code === 'leaving.headed' ? say.headStaysHeIsBack(name) : say.headStays(name)
  }
}

interface Props {
  readonly question: Question
  readonly those: Those
  readonly isBusy: boolean
  readonly give: (answer: Answer) => void
}

/** A question in plain words, each answer a button that does what it says. */
export function AskedBack({ question, those, isBusy, give }: Props) {
  const say = useRegistryWords()
  const known = {
    name: those.name || say.thisPerson,
    head: those.head || say.presentHead,
  }
  return (
    <div className="notice" role="alert">
      <p>{sentenceOf(question, known, say)}</p>
      {question.answers.map((answer) => (
        <button type="button" className="button plain" key={answer} disabled={isBusy} onClick={() => give(answer)}>
          {wordOf(answer, question.code, known, say)}
        </button>
      ))}
    </div>
  )
}

/** Who heads a house, by what lies on this phone. */
export const headOf = (holdings: Holdings, houseId: string): string => {
  const link = holdings.linksOf(houseId).find((l) => l.role === 'head')
  return (link && holdings.table('person').get(link.personId)?.name) ?? ''
}

/** An act that was asked back about, open again as it was said, to be sent with the answer. */
export function AnswerAct({ requestId }: { requestId: string }) {
  const { outbox, round, holdings } = usePhone()
  const say = useRegistryWords()
  const kept = outbox.find(requestId)
  const question = kept && questionOfKept(kept)
  const back = () => {
    location.hash = 'more/outbox'
  }
  return (
    <Frame title={say.chooseAndSend} back="more/outbox">
      {kept && question ? (
        <>
          <WhatWasSaid kept={kept} />
          <AskedBack
            question={question}
            those={thoseIn(kept, holdings, outbox.list())}
            isBusy={false}
            give={(answer) =>
              void outbox
                .resend(requestId, answered(kept.act, answer))
                .then(() => round())
                .then(back)
            }
          />
        </>
      ) : (
        <p className="card soft">{say.isSettled}</p>
      )}
    </Frame>
  )
}

/** The act as it was written down. */
function WhatWasSaid({ kept }: { kept: KeptAct }) {
  const { w } = useWords()
  const say = useRegistryWords()
  const { act } = kept
  const tie = act.name === 'linkPerson' || act.name === 'takeArrival' ? act.ask : undefined
  return (
    <div className="card">
      <strong>{kept.label}</strong>
      {tie && (
        <div className="soft">
          {w(linkRoleWords, tie.role)} · {say.since(tie.fromOn)}
        </div>
      )}
    </div>
  )
}

/** Of whom an act is, by what this phone holds or was told with it. */
function thoseIn({ act, label }: KeptAct, holdings: Holdings, acts: readonly KeptAct[]): Those {
  // Who moves in from elsewhere is known by the list of arrivals alone, and by the words of the act.
  if (act.name === 'takeArrival') return { name: label.split(' ')[0] ?? '', head: headOf(holdings, act.ask.houseId) }
  if (act.name !== 'linkPerson' && act.name !== 'undoLeaving') return { name: '', head: '' }
  const { personId } = act.ask
  const head = act.name === 'linkPerson' ? headOf(holdings, act.ask.houseId) : ''
  const held = holdings.table('person').get(personId)?.name
  const written = acts.find(({ act: a }) => a.name === 'saveRecord' && a.ask.id === personId)?.act
  const said = written?.name === 'saveRecord' ? written.ask.values['name'] : undefined
  return { name: held ?? (typeof said === 'string' ? said : ''), head }
}
