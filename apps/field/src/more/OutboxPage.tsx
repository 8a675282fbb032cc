import { useState } from 'react'
import type { Value } from '@fengge/domain/registry/terms'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { actStateWords, actWords } from '@fengge/web/words/field.ts'
import { faultWords, sortWords } from '@fengge/web/words/registry.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { uponVersion, type KeptAct, type Outbox } from '@fengge/web/offline/outbox.ts'
import type { Holdings } from '@fengge/web/offline/holdings.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { showChoice } from '../registry/HouseSheet.tsx'
import { faultsOf } from '../registry/MendRecord.tsx'
import { questionOfKept, whereToMend } from '../registry/questions.ts'
import { Frame } from '../shell/Frame.tsx'

/** What waits, what went, what was refused and why: each act by itself. */
export function OutboxPage() {
  const { outbox, round } = usePhone()
  const { t } = useWords()
  const { isOnline } = useField()
  const list = outbox.list().toReversed()
  const photos = list.filter((k) => k.state !== 'refused' && k.state !== 'held').flatMap((k) => k.photos)
  const open = list.filter((k) => k.state !== 'done' && k.state !== 'kept'),
    past = list.filter((k) => k.state === 'done' || k.state === 'kept')
  return (
    <Frame title={t('待发', 'Outbox')} back="more">
      {open.length === 0 && photos.length === 0 && (
        <p className="card soft">{t('没有等待送出的内容。', 'Nothing waits.')}</p>
      )}
      {open.map((k) => (
        <ActCard key={k.act.requestId} kept={k} />
      ))}
      {photos.length > 0 && (
        <p className="card">
          {t(`${photos.length} 张照片等待送出，文字先走。`, `${photos.length} photos wait; text goes first.`)}
        </p>
      )}
      {open.some((k) => k.state === 'waiting') && (
        <button className="button" disabled={!isOnline} onClick={() => void round()}>
          {isOnline ? t('现在送', 'Send now') : t('没有信号', 'No signal')}
        </button>
      )}
      {past.length > 0 && (
        <>
          <h2>{t('近期已送', 'Sent lately')}</h2>
          {past.slice(0, 30).map((k) => (
            <ActCard key={k.act.requestId} kept={k} />
          ))}
        </>
      )}
    </Frame>
  )
}

function ActCard({ kept }: { kept: KeptAct }) {
  const { outbox } = usePhone()
  const { t, w, language } = useWords()
  const [isDropping, setDropping] = useState(false)
  const { requestId } = kept.act
  return (
    <div className="card">
      <strong>{kept.label || w(actWords, kept.act.name)}</strong>
      {kept.photos.length > 0 && (
        <span className="soft"> {t(`${kept.photos.length} 张照片`, `${kept.photos.length} photos`)}</span>
      )}
      <div>
        <span className={`tag tag-${kept.state}`}>{w(actStateWords, kept.state)}</span>{' '}
        <span className="soft">{showTime(kept.act.madeAt)}</span>
      </div>
      {kept.state === 'refused' && <p className="due">{sentenceFor(kept.problem, language, detailsOf(kept))}</p>}
      <WhatStands kept={kept} />
      {(kept.state === 'refused' || kept.state === 'held') &&
        (isDropping ? (
          <>
            <p>{t('确定不要这一条？手机里的这份内容会删除。', 'Give this one up? It is deleted from the phone.')}</p>
            <button className="button warn" onClick={() => void outbox.drop(requestId)}>
              {t('不要了', 'Give it up')}
            </button>
            <button className="button plain" onClick={() => setDropping(false)}>
              {t('留着', 'Keep it')}
            </button>
          </>
        ) : (
          <Ways kept={kept} giveUp={() => setDropping(true)} />
        ))}
    </div>
  )
}

/** What may be done about an act that did not go through. */
function Ways({ kept, giveUp }: { readonly kept: KeptAct; readonly giveUp: () => void }) {
  const { outbox, round } = usePhone()
  const { t } = useWords()
  const { requestId } = kept.act
  const hasClash = kept.state === 'refused' && clashesOf(kept).length > 0
  return (
    <div className="row">
      {questionOfKept(kept) && (
        <a className="small go" href={whereToMend(kept)}>
          {t('选好再送', 'Choose and send')}
        </a>
      )}
      {kept.state === 'refused' && !questionOfKept(kept) && (
        <button className="small" onClick={() => void mend(outbox, kept).then(() => round())}>
          {hasClash ? t('用我的', 'Use mine') : t('再送一次', 'Send again')}
        </button>
      )}
      {hasClash && (
        <button className="small" onClick={() => void outbox.drop(requestId)}>
          {t('用现有的', 'Keep what is there')}
        </button>
      )}
      {kept.state === 'refused' && kept.act.name === 'reportEvent' && (
        <a className="small go" href={`#report/${requestId}`}>
          {t('改后重报', 'Mend and report')}
        </a>
      )}
      {kept.state === 'refused' && kept.act.name === 'saveRecord' && (
        <a className="small go" href={`#more/mend.${requestId}`}>
          {t('改后重送', 'Mend and send')}
        </a>
      )}
      {!hasClash && (
        <button className="small" onClick={giveUp}>
          {t('不要了', 'Give up')}
        </button>
      )}
    </div>
  )
}

/** What stands against an act, field by field. */
function WhatStands({ kept }: { kept: KeptAct }) {
  const { holdings } = usePhone()
  const { t, w } = useWords()
  const said = (code: string, value: unknown) => {
    const f = holdings.config?.fields.find((x) => x.code === code)
    if (f?.choices.some(([c]) => c === value)) return showChoice(f, value, t)
    return typeof value === 'string' && value in sortWords ? w(sortWords, value) : textOf(value)
  }
  return (
    <>
      {kept.state === 'refused' &&
        faultsOf(kept).map((f) => (
          <p className="due" key={f.field}>
            {fieldName(holdings, f.field, t)}：{w(faultWords, f.fault)}
          </p>
        ))}
      {clashesOf(kept).map((c) => (
        <p className="notice" key={c.field}>
          {fieldName(holdings, c.field, t)}：
          {t(
            `现在登记的是“${said(c.field, c.theirs)}”，您写的是“${said(c.field, c.yours)}”`,
            `in the books “${said(c.field, c.theirs)}”, you wrote “${said(c.field, c.yours)}”`,
          )}
        </p>
      ))}
    </>
  )
}

const detailsOf = ({ details }: KeptAct): Readonly<Record<string, unknown>> | undefined =>
  typeof details === 'object' && details !== null ? (details as Readonly<Record<string, unknown>>) : undefined

const textOf = (value: unknown) => (typeof value === 'object' || value === undefined ? '' : String(value as Value))

interface Clash {
  readonly field: string
  readonly theirs: Value
  readonly yours: Value
}
/** Both values where two phones wrote the same field: who knows the household decides. */
const clashesOf = (kept: KeptAct): readonly Clash[] => (kept.details as { clashes?: Clash[] } | null)?.clashes ?? []
const fieldName = (holdings: Holdings, code: string, t: (zh: string, en: string) => string) => {
  const f = holdings.config?.fields.find((x) => x.code === code)
  return f ? t(f.name, f.nameEn) : code
}

/** An act on an event that was changed meanwhile is sent again upon what the phone holds now; its holder has seen it in the list. */
async function mend(outbox: Outbox, kept: KeptAct): Promise<void> {
  const version = (kept.details as { version?: number } | null)?.version
  const isStale = kept.problem === 'event.stale' || kept.problem === 'record.stale'
  await outbox.resend(kept.act.requestId, isStale && version !== undefined ? uponVersion(kept.act, version) : undefined)
}
