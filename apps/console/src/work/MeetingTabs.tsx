import { useQuery } from '@tanstack/react-query'
import { Card, DatePicker, Empty, Tag } from 'antd'
import { useState } from 'react'
import * as c from '@fengge/domain/worklog/contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { has, useMe } from '../shell/useMe.ts'
import { AskForm, useOwnGrids } from '../shell/AskForm.tsx'
import { today } from '../shell/Days.tsx'
import { MeetingRecord } from './MeetingRecord.tsx'

/** Weeks of the grid workers in the order of the net, in sentences. */
export function WeeksTab() {
  const { t } = useWords()
  const [on, setOn] = useState(today())
  const list = useQuery({
    queryKey: ['weeks', on.format('YYYY-MM-DD')],
    queryFn: () => call(c.listWeeks, { on: on.format('YYYY-MM-DD') }),
  })
  return (
    <div className="panel">
      <DatePicker
        picker="week"
        value={on}
        onChange={(v) => v && setOn(v)}
        allowClear={false}
        aria-label={t('周', 'Week')}
      />
      {list.data?.weeks.length === 0 && <Empty description={t('没有网格员', 'No grid workers')} />}
      {list.data?.weeks.map((w) => (
        <Card
          key={w.holder + w.gridName}
          size="small"
          style={{ marginTop: 12 }}
          title={`${w.gridName} ${w.holder}`}
          extra={w.confirmedAt ? <Tag color="green">{t('已确认', 'Confirmed')}</Tag> : <Tag>{t('未确认', 'Open')}</Tag>}
        >
          {w.lines.length + w.added.length === 0 && (
            <span className="soft">{t('这一周没有记录。', 'Nothing recorded.')}</span>
          )}
          {w.lines.map((l) => (
            <p key={l.key} style={{ margin: '4px 0' }}>
              {t(l.text, l.textEn)}
            </p>
          ))}
          {w.added.map((a) => (
            <p key={a.id} style={{ margin: '4px 0' }}>
              {t('补充', 'Added')}：{a.text}
            </p>
          ))}
        </Card>
      ))}
    </div>
  )
}

export function MeetingsTab() {
  const { t } = useWords()
  const me = useMe().data
  const list = useQuery({ queryKey: ['meetings'], queryFn: () => call(c.listMeetings, {}) })
  const { placeId } = useOwnGrids()
  const holds = has(me, 'meeting.hold')
  const states: Record<string, string> = {
    called: t('已召集', 'Called'),
    held: t('已召开', 'Held'),
    cancelled: t('已取消', 'Cancelled'),
  }
  return (
    <div className="panel">
      {holds && placeId && (
        <AskForm
          label={t('召集例会', 'Call a meeting')}
          changes={['meetings']}
          note={
            <p className="soft">
              {t(
                '议程从超期、返工、督办事件，逾期任务和未整改隐患自动列出，可再补充。',
                'The agenda lists what is late, sent back or overdue; add to it.',
              )}
            </p>
          }
          questions={[
            { name: 'title', label: t('名称', 'Title'), kind: 'line' },
            { name: 'at', label: t('时间', 'When'), kind: 'moment' },
            { name: 'where', label: t('地点', 'Where'), kind: 'line' },
            {
              name: 'more',
              label: t('补充议题（一行一条）', 'More items, one a line'),
              kind: 'text',
              isOptional: true,
            },
          ]}
          send={(v) =>
            call(c.callMeeting, {
              requestId: freshId(),
              id: freshId(),
              placeId,
              kind: 'regular',
              title: String(v['title']),
              where: String(v['where']),
              at: String(v['at']),
              more: String(v['more'] ?? '')
                .split('\n')
                .map((x) => x.trim())
                .filter((x) => x !== ''),
            })
          }
        />
      )}
      {list.data?.meetings.length === 0 && <Empty description={t('还没有例会记录', 'No meetings yet')} />}
      {list.data?.meetings.map((m) => (
        <Card
          key={m.id}
          size="small"
          style={{ marginTop: 12 }}
          title={`${m.title} · ${showTime(m.at)} · ${m.where}`}
          extra={<Tag>{states[m.state]}</Tag>}
        >
          <h3>{t('议程', 'Agenda')}</h3>
          {m.agenda.length === 0 ? (
            <p className="soft">{t('没有待议事项。', 'Nothing is open.')}</p>
          ) : (
            <ol>
              {m.agenda.map((a, i) => (
                <li key={i}>{a.text}</li>
              ))}
            </ol>
          )}
          <p className="soft">
            {t('应到', 'Asked')} {m.attendance.length}
            {m.state === 'held' && ` · ${t('实到', 'came')} ${m.attendance.filter((a) => a.state === 'came').length}`}
          </p>
          {m.minutes !== '' && (
            <>
              <h3>{t('纪要', 'Minutes')}</h3>
              <p style={{ whiteSpace: 'pre-wrap' }}>{m.minutes}</p>
            </>
          )}
          {m.resolutions.length > 0 && (
            <>
              <h3>{t('决议', 'Resolutions')}</h3>
              <ol>
                {m.resolutions.map((r, i) => (
                  <li key={i}>
                    {r.text} · {r.dueOn} · {t(`已成任务 ${r.tasks} 件`, `${r.tasks} tasks`)}
                  </li>
                ))}
              </ol>
            </>
          )}
          {holds && m.state === 'called' && <MeetingRecord meeting={m} />}
        </Card>
      ))}
    </div>
  )
}
