import type { Held } from '@fengge/domain/sync/rows'
import { actStateWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { statusWords } from '@fengge/web/words/terms.ts'
import { lightColours, lightFor, showLeft, showTime } from '@fengge/web/words/time.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'

/** What I reported, also what is not yet sent; and what else is open in my grid. */
export function MyEvents() {
  const { holdings, now, outbox } = usePhone()
  const { t, w, language } = useWords()
  useField()
  const events = [...holdings.table('event').values()].toSorted((a, b) => (a.reportedAt < b.reportedAt ? 1 : -1))
  const unsent = outbox
    .list()
    .filter((k) => k.act.name === 'reportEvent' && k.state !== 'done' && !events.some((e) => e.id === k.act.subject))
  const Row = ({ e }: { e: Held['event'] }) => (
    <a className="card" href={`#mine/${e.id}`}>
      <strong>{e.title}</strong>
      <div>
        {w(statusWords, e.status)}
        {e.dueAt && (
          <strong style={{ color: lightColours[lightFor(e, now())] }}> · {showLeft(e.dueAt, now(), language)}</strong>
        )}
        {e.source === 'sensor' && <span className="tag"> {t('设备报警', 'Alarm of a device')}</span>}
        {outbox.pendingOn(e.id).length > 0 && <span className="tag"> {t('有操作等待送出', 'an act waits')}</span>}
      </div>
      <div className="soft">
        {e.placeText} {showTime(e.reportedAt)}
      </div>
    </a>
  )
  const mine = events.filter((e) => e.isMine),
    others = events.filter((e) => !e.isMine)
  return (
    <Frame title={t('我上报的', 'What I reported')}>
      {unsent.map((k) => (
        <a className="card" key={k.act.requestId} href="#more/outbox">
          <strong>{k.label}</strong>
          <div className="tag">{w(actStateWords, k.state)}</div>
        </a>
      ))}
      {mine.length + unsent.length === 0 && (
        <p className="card soft">{t('还没有上报过事件。', 'Nothing reported yet.')}</p>
      )}
      {mine.map((e) => (
        <Row key={e.id} e={e} />
      ))}
      {others.length > 0 && (
        <>
          <h2>{t('网格内其他未结事件', 'Others open in the grid')}</h2>
          {others.map((e) => (
            <Row key={e.id} e={e} />
          ))}
        </>
      )}
    </Frame>
  )
}
