import { Table } from 'antd'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { serviceMoves, type ServiceMove } from '@fengge/domain/visits/services'
import { listServices, moveService, takeService } from '@fengge/domain/visits/contract/worker'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { serviceWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { AskForm, useMatterOptions, useOwnGrids } from '../shell/AskForm.tsx'
import { More, usePaged } from '../shell/Paged.tsx'
import { isAdmitted, useMe } from '../shell/useMe.ts'
import { useNow } from '../shell/useNow.ts'

type Row = ReplyOf<typeof listServices>['services'][number]

/** What residents had done for them: taken at the window or at the door, followed until they were told (V5, E10). */
export function ServicesTab() {
  const { t, w } = useWords()
  const me = useMe().data
  const mayWork = isAdmitted(me, takeService.duty)
  const list = usePaged(['services'], (after) => call(listServices, { state: 'all', ...after }))
  const services = list.data?.pages.flatMap((p) => p.services) ?? []
  return (
    <div className="panel">
      {mayWork && <TakeButton />}
      <Table<Row>
        rowKey="id"
        size="small"
        style={{ marginTop: 12 }}
        loading={list.isPending}
        dataSource={services}
        pagination={false}
        scroll={{ x: 900 }}
        locale={{ emptyText: t('没有', 'None') }}
        columns={[
          { title: t('编号', 'Number'), dataIndex: 'no' },
          {
            title: t('事项', 'What'),
            render: (_, s) => s.what || t('只给服务该网格的人看', 'For who serves the grid'),
          },
          { title: t('委托人', 'For'), dataIndex: 'askedBy' },
          { title: t('网格', 'Grid'), dataIndex: 'gridName' },
          { title: t('经办', 'Taken by'), dataIndex: 'takenBy' },
          { title: t('答应回话', 'Promised by'), dataIndex: 'dueOn' },
          {
            title: t('进展', 'Steps'),
            render: (_, s) =>
              s.steps.map((x, i) => (
                <div key={i}>
                  {w(serviceWords, x.state)} {showTime(x.at)} {x.note}
                </div>
              )),
          },
          { title: '', render: (_, s) => mayWork && serviceMoves[s.state].length > 0 && <MoveButton service={s} /> },
        ]}
      />
      <More list={list} shown={services.length} total={list.data?.pages[0]?.total} />
    </div>
  )
}

interface Taken {
  readonly matterId: string
  readonly what: string
  readonly askedBy: string
  readonly phone?: string
  readonly gridId: string
  readonly dueOn: string
}

/** At the window: whatever somebody wants done that is no matter to be handled. */
function TakeButton() {
  const { t } = useWords()
  const { grids } = useOwnGrids()
  const now = useNow()
  const matters = useMatterOptions()
  return (
    <AskForm<Taken>
      label={t('登记代办', 'Take a request')}
      initial={{ dueOn: addDays(dayOf(now), 7) }}
      changes={['services']}
      send={(v) =>
        call(takeService, {
          requestId: freshId(),
          id: freshId(),
          personId: null,
          madeAt: new Date().toISOString(),
          ...v,
          phone: v.phone ?? '',
        })
      }
      questions={[
        { name: 'what', label: t('办什么事', 'What for'), kind: 'line', most: 200 },
        { name: 'askedBy', label: t('委托人', 'For whom'), kind: 'line', most: 30 },
        { name: 'phone', label: t('联系电话', 'Telephone'), kind: 'line', most: 20, isOptional: true },
        { name: 'gridId', label: t('所在网格', 'Grid'), kind: 'choice', options: grids },
        { name: 'matterId', label: t('依据事项', 'Matter'), kind: 'choice', options: matters },
        { name: 'dueOn', label: t('答应回话日期', 'Answer promised by'), kind: 'day' },
      ]}
    />
  )
}

function MoveButton({ service }: { readonly service: Row }) {
  const { t, w } = useWords()
  return (
    <AskForm<{ to: ServiceMove; note: string }>
      isSmall
      label={t('下一步', 'Next step')}
      title={service.what}
      changes={['services']}
      send={(v) => call(moveService, { requestId: freshId(), id: service.id, ...v })}
      questions={[
        {
          name: 'to',
          label: t('进展', 'Step'),
          kind: 'choice',
          options: serviceMoves[service.state].map((move) => ({ value: move, label: w(serviceWords, move) })),
        },
        { name: 'note', label: t('说明（告知居民的，写怎样告知）', 'Note; of telling, how'), kind: 'text', most: 400 },
      ]}
    />
  )
}
