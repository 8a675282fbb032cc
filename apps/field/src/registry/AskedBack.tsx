import { linkRoleWords } from '@fengge/web/words/registry.ts'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import type { KeptAct } from '@fengge/web/offline/outbox.ts'
import type { Holdings } from '@fengge/web/offline/holdings.ts'
import { usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'
import { answered, questionOfKept, type Answer, type Question } from './questions.ts'

/** About whom it is asked; empty where this phone does not know. */
export interface Those {
  readonly name: string
  /** Who heads the house now. */
  readonly head: string
}

function sentenceOf({ code, answers, onDay = '' }: Question, { name, head }: Those, t: Words['t']): string {
  if (code === 'link.planned')
    return t(`${name}已登记 ${onDay} 要搬走。现在还搬吗？`, `${name} is to move away on ${onDay}. Does it stand?`)
  if (code === 'leaving.headed')
    return t(
      `${name}走后，这户换了户主。撤回以后谁当户主？`,
      `The household has another head since ${name} left. Who heads it now?`,
    )
  if (answers.length === 1)
    return t(
      `${name}登记在别处，先请那边社区同意。这户已有户主，先按家庭成员登记；住进来以后，可再设为户主。`,
      `${name} is registered elsewhere, whose community agrees first. The house has a head: register a member, who may head it once here.`,
    )
  return t(
    `这户的户主是${head}，${name}也登记成了户主。谁当户主？`,
    `${head} heads this household, and ${name} was said to. Who is it?`,
  )
}

function wordOf(answer: Answer, code: Question['code'], { name, head }: Those, t: Words['t']): string {
  switch (answer) {
    case 'off':
      return t('不搬了', 'No, it is off')
    case 'stays':
      return t('还是到那天搬走', 'Yes, it stands')
    case 'head':
      return t(`${name}当户主，${head}改为家庭成员`, `${name}; ${head} is a member`)
    case 'again':
      return t(`还由${name}当户主，${head}改为家庭成员`, `${name} again; ${head} is a member`)
    default:
      return code === 'leaving.headed'
        ? t(`户主不变，${name}作为家庭成员回来`, `The head stays, ${name} is a member`)
        : t(`户主不变，${name}登记为家庭成员`, `The head stays, ${name} is a member`)
  }
}

interface Props {
  readonly question: Question
  readonly those: Those
  readonly isBusy: boolean
  readonly say: (answer: Answer) => void
}

/** A question in plain words, each answer a button that does what it says. */
export function AskedBack({ question, those, isBusy, say }: Props) {
  const { t } = useWords()
  const known = {
    name: those.name || t('此人', 'This person'),
    head: those.head || t('现在的户主', 'the present head'),
  }
  return (
    <div className="notice" role="alert">
      <p>{sentenceOf(question, known, t)}</p>
      {question.answers.map((answer) => (
        <button type="button" className="button plain" key={answer} disabled={isBusy} onClick={() => say(answer)}>
          {wordOf(answer, question.code, known, t)}
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
  const { t } = useWords()
  const kept = outbox.find(requestId)
  const question = kept && questionOfKept(kept)
  const back = () => {
    location.hash = 'more/outbox'
  }
  return (
    <Frame title={t('选好再送', 'Choose and send')} back="more/outbox">
      {kept && question ? (
        <>
          <WhatWasSaid kept={kept} />
          <AskedBack
            question={question}
            those={thoseIn(kept, holdings, outbox.list())}
            isBusy={false}
            say={(answer) =>
              void outbox
                .resend(requestId, answered(kept.act, answer))
                .then(() => round())
                .then(back)
            }
          />
        </>
      ) : (
        <p className="card soft">{t('这一条已经送出或已放弃。', 'This one has gone out, or was given up.')}</p>
      )}
    </Frame>
  )
}

/** The act as it was written down. */
function WhatWasSaid({ kept }: { kept: KeptAct }) {
  const { t, w } = useWords()
  const { act } = kept
  const tie = act.name === 'linkPerson' || act.name === 'takeArrival' ? act.ask : undefined
  return (
    <div className="card">
      <strong>{kept.label}</strong>
      {tie && (
        <div className="soft">
          {w(linkRoleWords, tie.role)} · {t(`自 ${tie.fromOn}`, `since ${tie.fromOn}`)}
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
