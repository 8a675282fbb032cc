import { Tag } from 'antd'
import type { EventRow } from '@fengge/domain/events/contract/views'
import { useWords } from '@fengge/web/words/language.ts'
import { statusWords, supervisionWords, urgencyWords } from '@fengge/web/words/terms.ts'
import { lightColours, lightFor, showLeft } from '@fengge/web/words/time.ts'
import { useNow } from '../shell/useNow.ts'

/** State, urgency, card and clock of an event, in words as well as colour. */
export function EventTags({ event }: { event: EventRow }) {
  const { t, w, language } = useWords()
  const now = useNow()
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 6px' }}>
      <Tag color="blue" variant="outlined" style={{ color: '#0b3d91' }}>
        {w(statusWords, event.status)}
      </Tag>
      {event.urgency > 0 && (
        <Tag style={{ color: '#b42318', borderColor: '#b42318', background: '#fff' }}>
          {w(urgencyWords, event.urgency)}
        </Tag>
      )}
      {event.supervision > 0 && (
        <Tag style={{ color: '#b42318', borderColor: '#b42318', background: '#fff' }}>
          {w(supervisionWords, event.supervision)}
        </Tag>
      )}
      {event.gridName === null && event.stage === 'accept' && (
        <Tag color="gold" variant="outlined" style={{ color: '#7a4a00' }}>
          {t('未归网格', 'In no grid')}
        </Tag>
      )}
      {event.isSensitive && <Tag>{t('敏感', 'Sensitive')}</Tag>}
      {event.reworks > 0 && <Tag>{t(`返工 ${event.reworks} 次`, `Rework ${event.reworks}`)}</Tag>}
      {event.dueAt && (
        <strong style={{ color: lightColours[lightFor(event, now)] }}>{showLeft(event.dueAt, now, language)}</strong>
      )}
    </span>
  )
}
