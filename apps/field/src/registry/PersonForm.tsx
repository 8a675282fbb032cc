import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { findLikely } from '@fengge/domain/registry/contract'
import { dayOf } from '@fengge/domain/kernel/time'
import { warnOfNumber } from '@fengge/domain/registry/documents/dummy-numbers'
import { faultsIn } from '@fengge/domain/registry/fields'
import { questionOf } from '@fengge/domain/registry/likely-question'
import { homeRoles, type HeadIs, type LinkRole, type Values } from '@fengge/domain/registry/terms'
import { call, Refused } from '@fengge/web/api/call.ts'
import type { FieldBrief } from '@fengge/domain/registry/rows'
import { useWords } from '@fengge/web/words/language.ts'
import { faultWords, likelyNotes, likelyWords, linkRoleWords } from '@fengge/web/words/registry.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'
import { useAsk } from '../offline/useAsk.ts'
import { FieldInputs, type FieldFault } from './FieldInputs.tsx'
import { faultsOf } from './MendRecord.tsx'
import { nameOfField } from './known.ts'
import { useRegistryWords } from '../words/registry.ts'

interface Props {
  houseId: string
  fields: readonly FieldBrief[]
  error: unknown
  isBusy: boolean
  /** Who heads the house, by what this phone holds; empty where nobody does. */
  readonly head: string
  /** What was asked back. */
  readonly asked: ReactNode
  readonly cancel: () => void
  /** `leavingId`: he had moved away, and comes back. */
  readonly choose: (found: Part & { readonly personId: string; readonly leavingId: string | undefined }) => void
  readonly askElsewhere: (values: Values, role: LinkRole) => void
  readonly save: (
    written: Part & {
      readonly values: Record<string, string>
      readonly behalf: string
      readonly isOther: boolean
    },
  ) => void
}
interface Part {
  readonly name: string
  readonly role: LinkRole
  readonly headIs?: HeadIs
}

/** Only what is asked, and whoever is likely to be there already is shown before saving. */
export function PersonForm(props: Props) {
  const { houseId, fields, error, isBusy, cancel, choose, askElsewhere, save } = props
  const { w } = useWords()
  const say = useRegistryWords()
  const [values, setValues] = useState<Record<string, string>>({ kind: 'floating' })
  const [role, setRole] = useState<LinkRole>('tenant')
  const [headIs, setHeadIs] = useState<HeadIs | undefined>()
  const isOpen = role === 'head' && props.head !== '' && headIs === undefined
  const more = moreAsked[values['kind'] ?? ''] ?? []
  const asked = fields.filter((f) => f.isAsked || f.isRequired || more.includes(f.code))
  const given = Object.fromEntries(Object.entries(values).filter(([, v]) => v.trim() !== ''))
  const question = questionOf(given, true)
  const [behalf, setBehalf] = useState('')
  const [wrong, setWrong] = useState<readonly FieldFault[]>([])
  const today = dayOf(usePhone().now())
  const [isTold, setTold] = useState(false)
  const part = (name = ''): Part => ({ name, role, ...(role === 'head' && headIs && { headIs }) })
  const { isStopped, ...known } = useKnown(question, houseId, error)
  return (
    <Frame title={say.movedIn} back={cancel} isMaking>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          // What the desk would refuse is said here, with or without signal.
          const found = faultsIn('person', given, today)
          setWrong(found)
          setTold(isOpen)
          if (found.length === 0 && !isOpen) save({ ...part(given['name']), values: given, behalf, isOther: isStopped })
        }}
      >
        {props.asked}
        {error ? <Trouble error={error} fields={fields} /> : null}
        <KnownAlready
          {...known}
          isBusy={isBusy}
          choose={(l) => choose({ ...part(l.name), personId: l.id, leavingId: l.left?.leavingId })}
          askElsewhere={question && (() => askElsewhere(question, role))}
        />
        <Roles role={role} set={setRole} />
        {role === 'head' && props.head !== '' && (
          <WhoHeads head={props.head} headIs={headIs} set={setHeadIs} isTold={isTold && isOpen} />
        )}
        <FieldInputs
          fields={asked}
          values={values}
          faults={wrong}
          set={(code, value) => setValues({ ...values, [code]: value })}
        />
        {warnOfNumber(given['idNo'], today) && (
          <p className="notice" role="status">
            {w(faultWords, 'id.dummy')}
          </p>
        )}
        <details>
          <summary>{say.onBehalf}</summary>
          <label htmlFor="behalf">{say.forWhom}</label>
          <input id="behalf" value={behalf} onChange={(e) => setBehalf(e.target.value)} maxLength={50} />
        </details>
        <div className="foot">
          <button className="button" disabled={isBusy}>
            {isStopped ? say.registerAnyway : say.save}
          </button>
        </div>
      </form>
    </Frame>
  )
}

function Roles({ role, set }: { readonly role: LinkRole; readonly set: (role: LinkRole) => void }) {
  const { w } = useWords()
  const say = useRegistryWords()
  return (
    <fieldset>
      <legend>{say.partInHouse}</legend>
      <div className="chips">
        {homeRoles.map((r) => (
          <button type="button" key={r} className="small" aria-pressed={role === r} onClick={() => set(r)}>
            {w(linkRoleWords, r)}
          </button>
        ))}
      </div>
    </fieldset>
  )
}

interface WhoHeadsProps {
  readonly head: string
  readonly headIs: HeadIs | undefined
  readonly set: (headIs: HeadIs) => void
  /** It was tried to go on without an answer. */
  readonly isTold: boolean
}
/** Of two heads it is asked at once who it is, with or without signal. */
function WhoHeads({ head, headIs, set, isTold }: WhoHeadsProps) {
  const say = useRegistryWords()
  const place = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    if (isTold) place.current?.scrollIntoView({ block: 'center' })
  }, [isTold])
  const words: Readonly<Record<HeadIs, string>> = {
    head: say.headIsNewcomer(head),
    member: say.headAsBefore(head),
  }
  return (
    <fieldset ref={place}>
      <legend>{say.whoHeadsNow(head)}</legend>
      {isTold && (
        <p className="error" role="alert">
          {say.sayWhoHeads}
        </p>
      )}
      <div className="chips">
        {(['head', 'member'] as const).map((v) => (
          <button type="button" key={v} className="button plain" aria-pressed={headIs === v} onClick={() => set(v)}>
            {words[v]}
          </button>
        ))}
      </div>
    </fieldset>
  )
}

type Stop = Pick<ReplyOf<typeof findLikely>, 'likely' | 'isElsewhere'>
/** Whoever has the number already, where a save was stopped for it. */
function stopIn(error: unknown): Stop | undefined {
  if (!(error instanceof Refused) || error.problem.problem !== 'record.same-number') return undefined
  return (error.problem as { details?: unknown }).details as Stop | undefined
}

/** Whoever it may be already: asked while there is a line, and told where a save was stopped. */
function useKnown(question: Values | undefined, houseId: string, error: unknown) {
  const { isOnline } = useField()
  const stop = stopIn(error)
  const asked = useAsk(
    JSON.stringify(question),
    () => call(findLikely, { values: question ?? {}, houseId }),
    isOnline && question !== undefined,
  )
  const found = [...(asked.data?.likely ?? []), ...(stop?.likely ?? [])]
  return {
    likely: [...new Map(found.map((l) => [l.id, l])).values()],
    isSpent: asked.error instanceof Refused && asked.error.problem.problem === 'search.quota',
    isElsewhere: (asked.data?.isElsewhere || stop?.isElsewhere) ?? false,
    isStopped: stop !== undefined,
  }
}

/** What stands against saving, field by field. */
function Trouble({ error, fields }: { readonly error: unknown; readonly fields: readonly FieldBrief[] }) {
  const { w, fault, language } = useWords()
  const details = error instanceof Refused ? (error.problem as { details?: unknown }).details : undefined
  const nameOf = (code: string) => {
    const f = fields.find((x) => x.code === code)
    return f ? nameOfField(f, language) : code
  }
  return (
    <div className="error" role="alert">
      {fault(error)}
      {faultsOf({ details }).map((f) => (
        <div key={f.field}>
          {nameOf(f.field)}：{w(faultWords, f.fault)}
        </div>
      ))}
    </div>
  )
}

interface KnownProps {
  readonly likely: Stop['likely']
  readonly isSpent: boolean
  readonly isElsewhere: boolean
  readonly isBusy: boolean
  readonly choose: (one: Stop['likely'][number]) => void
  readonly askElsewhere: (() => void) | undefined
}
/** Who it may be already: each of one's own places by name, of others only that somebody is known. */
function KnownAlready({ likely, isSpent, isElsewhere, isBusy, choose, askElsewhere }: KnownProps) {
  const { w } = useWords()
  const say = useRegistryWords()
  return (
    <>
      {isSpent && (
        <div className="notice" role="status">
          {w(likelyNotes, 'spent')}
        </div>
      )}
      {likely.length > 0 && (
        <div className="notice" role="status">
          {say.maybeThere}
          {likely.map((l) => (
            <div key={l.id}>
              {l.name} · {l.gridName} · {l.reasons.map((r) => w(likelyWords, r)).join('、')}{' '}
              {!l.reasons.includes('same-home') && (
                <button type="button" className="small" disabled={isBusy} onClick={() => choose(l)}>
                  {l.left ? say.thisOneIsBack : say.thisOne}
                </button>
              )}
            </div>
          ))}
        </div>
      )}
      {isElsewhere && askElsewhere && (
        <div className="notice" role="status">
          {w(likelyNotes, 'elsewhere')}{' '}
          <button type="button" className="small" disabled={isBusy} onClick={askElsewhere}>
            {w(likelyNotes, 'ask')}
          </button>
        </div>
      )}
    </>
  )
}

/** What is asked beside, by what kind of person it is. */
const moreAsked: Readonly<Record<string, readonly string[]>> = {
  overseas: ['idKind', 'country', 'latinName'],
  floating: ['cameFrom', 'cameOn'],
}
