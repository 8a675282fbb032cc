import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, App, Button, Form, Input, Modal, Popconfirm, Space, Spin, Tag } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { chooseHead, confirmRecords, type Person } from '@fengge/domain/registry/contract'
import type { z } from 'zod'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { cautionWords, groupRentWords, linkRoleWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { CloseButton } from './closing/CloseButton.tsx'
import { RecordClosings } from './closing/Closings.tsx'
import { LeaveDialog } from './leaving/LeaveDialog.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import { RecordCard } from './RecordCard.tsx'
import { RecordForm } from './RecordForm.tsx'
import { useHousehold } from './useRegistry.ts'

const NetMap = lazy(() => import('../places/NetMap.tsx').then((m) => ({ default: m.NetMap })))

/** One house, who lives there, who owns it, what is due; confirming is one tap. */
export function HouseholdPage() {
  const { t, w, fault } = useWords()
  const { id } = useParams({ strict: false }) as { id: string }
  const page = useHousehold(id)
  const [edited, setEdited] = useState(false)
  const [linking, setLinking] = useState(false)
  if (page.error) return <Alert type="error" role="alert" title={fault(page.error)} />
  if (!page.data) return <Spin />
  const { house, living, owners, past } = page.data
  const mayWrite = house.can.includes('registry.write')
  const heads = living.filter((p) => p.role === 'head').length
  return (
    <div>
      <div className="panel" style={{ marginBottom: 12 }}>
        <h2 style={{ margin: 0 }}>
          {page.data.address}{' '}
          {page.data.groupRent.map((r) => (
            <Tag color="red" key={r}>
              {w(groupRentWords, r)}
            </Tag>
          ))}
        </h2>
        <p className="soft">
          {page.data.estate?.values['hasProperty'] === false ? t('无物业小区 · ', 'No property management · ') : ''}
          {page.data.lastAskedAt
            ? t(`上次询问 ${showTime(page.data.lastAskedAt)}`, `Last asked ${showTime(page.data.lastAskedAt)}`)
            : t('还没有询问过', 'Never asked')}
          {page.data.isQuiet ? t('，九十天内不再询问', '; not asked again within ninety days') : ''}
        </p>
        {mayWrite && (
          <Space wrap>
            <ConfirmAll
              houseId={house.id}
              ids={[house.id, ...living.map((p) => p.record.id)]}
              isQuiet={page.data.isQuiet}
            />
            <Button onClick={() => setLinking(true)}>{t('添加住户', 'Add somebody')}</Button>
            <Button onClick={() => setEdited(true)}>{t('修改房屋', 'Change the house')}</Button>
            <CloseButton record={house} name={page.data.address} />
            <Button href={`/api/registry/door-code?id=${house.id}`} target="_blank">
              {t('门牌二维码', 'Door code')}
            </Button>
            {page.data.building && (
              <Link to="/registry/building/$id" params={{ id: page.data.building.id }}>
                {t('看整幢', 'Whole building')}
              </Link>
            )}
          </Space>
        )}
      </div>
      <div className="event-grid">
        <div>
          <h3>{t(`现住 ${living.length} 人`, `${living.length} living here`)}</h3>
          {heads > 1 && (
            <Alert
              type="warning"
              style={{ marginBottom: 12 }}
              title={t(
                `登记了 ${heads} 个户主，请把真正的户主“设为户主”，其余改为成员`,
                `${heads} heads are registered: say who it is, the others become members`,
              )}
            />
          )}
          {living.map((p) => (
            <PersonCard key={p.linkId} person={p} houseId={mayWrite ? house.id : undefined} isHeaded={heads === 1} />
          ))}
        </div>
        <div>
          <RecordCard record={house} />
          <RecordClosings recordId={id} />
          {house.gridId && (
            <Suspense fallback={<Spin />}>
              <NetMap className="map map-small" parentId={house.gridId} />
            </Suspense>
          )}
          <h3>{t('房主', 'Owners')}</h3>
          {owners.length === 0 && <p className="soft">{t('未登记', 'Not known')}</p>}
          {owners.map((p) => (
            <PersonCard key={p.linkId} person={p} />
          ))}
          {past.length > 0 && (
            <>
              <h3>{t('曾住', 'Lived here')}</h3>
              <ul>
                {past.map((p) => (
                  <li key={p.linkId}>
                    <Link to="/registry/record/$id" params={{ id: p.record.id }}>
                      {p.record.name}
                    </Link>{' '}
                    {w(linkRoleWords, p.role)} {p.fromOn} — {p.toOn}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
      <RecordForm kind="house" record={house} isOpen={edited} close={() => setEdited(false)} />
      <LinkDialog
        houseId={house.id}
        placeId={house.gridId ?? undefined}
        isOpen={linking}
        close={() => setLinking(false)}
      />
    </div>
  )
}

interface PersonProps {
  readonly person: z.infer<typeof Person>
  /** Where somebody may say who heads it. */
  readonly houseId?: string | undefined
  /** It has one head, as it should. */
  readonly isHeaded?: boolean
}
function PersonCard({ person, houseId, isHeaded }: PersonProps) {
  const { t, w } = useWords()
  const [edited, setEdited] = useState(false)
  const [leaves, setLeaves] = useState(false)
  const { record } = person
  return (
    <RecordCard record={record}>
      <p>
        <Tag color="blue">{w(linkRoleWords, person.role)}</Tag>
        {person.isLead && <Tag>{t('主要居所', 'Lead home')}</Tag>}
        {person.visitDue && <Tag color="orange">{t('应走访', 'Visit due')}</Tag>}
        {person.cautions.map((c) => (
          <Tag key={c}>{w(cautionWords, c)}</Tag>
        ))}{' '}
        <span className="soft">
          {person.fromOn} {t('起', 'on')} · {person.basis}
        </span>
      </p>
      <Space wrap>
        <Link to="/registry/record/$id" params={{ id: record.id }}>
          {t('详情与历史', 'Details and history')}
        </Link>
        {record.can.includes('registry.write') && (
          <>
            <Button size="small" onClick={() => setEdited(true)}>
              {t('补充或修改', 'Add or change')}
            </Button>
            <Button size="small" onClick={() => setLeaves(true)}>
              {t('不住这里了', 'Lives here no more')}
            </Button>
          </>
        )}
        {houseId !== undefined && !(person.role === 'head' && isHeaded) && (
          <MakeHead houseId={houseId} linkId={person.linkId} />
        )}
      </Space>
      <RecordForm kind="person" record={record} isOpen={edited} close={() => setEdited(false)} />
      {leaves && <LeaveDialog person={record} linkId={person.linkId} close={() => setLeaves(false)} />}
    </RecordCard>
  )
}

function MakeHead({ houseId, linkId }: { houseId: string; linkId: string }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const { message } = App.useApp()
  const run = useMutation({
    mutationFn: () => call(chooseHead, { requestId: freshId(), houseId, linkId }),
    onSuccess: async () => {
      void message.success(t('已设为户主', 'Heads the household now'))
      await client.invalidateQueries()
    },
    onError: (e) => void message.error(fault(e)),
  })
  return (
    <Popconfirm
      title={t('设为户主？原户主改为成员。', 'Make him the head? Whoever was becomes a member.')}
      okText={t('设为户主', 'Make head')}
      cancelText={t('取消', 'Cancel')}
      onConfirm={() => run.mutate()}
    >
      <Button size="small" loading={run.isPending}>
        {t('设为户主', 'Make head')}
      </Button>
    </Popconfirm>
  )
}

function ConfirmAll({ houseId, ids, isQuiet }: { houseId: string; ids: string[]; isQuiet: boolean }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const { message } = App.useApp()
  const [asks, setAsks] = useState(false)
  const run = useMutation({
    mutationFn: (v: { isAsked: boolean; reason: string }) =>
      call(confirmRecords, { requestId: freshId(), houseId, ids, ...v }),
    onSuccess: async () => {
      setAsks(false)
      void message.success(t('已确认', 'Confirmed'))
      await client.invalidateQueries()
    },
    onError: (e) => {
      if (e instanceof Refused && e.problem.problem === 'household.asked-recently') setAsks(true)
    },
  })
  return (
    <>
      <Button type="primary" loading={run.isPending} onClick={() => run.mutate({ isAsked: !isQuiet, reason: '' })}>
        {isQuiet
          ? t('信息无变化（未打扰住户）', 'Still true (nobody was asked)')
          : t('已询问，信息无变化', 'Asked; still true')}
      </Button>
      <Modal
        open={asks}
        footer={null}
        onCancel={() => setAsks(false)}
        title={t('九十天内已问过', 'Asked within ninety days')}
        destroyOnHidden
      >
        {run.error ? <Alert type="warning" title={fault(run.error)} /> : null}
        <Form layout="vertical" onFinish={(v: { reason: string }) => run.mutate({ isAsked: true, reason: v.reason })}>
          <Form.Item name="reason" label={t('再次询问的理由', 'Why ask again')} rules={[{ required: true, max: 200 }]}>
            <Input />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t('确认', 'Confirm')}
          </Button>
        </Form>
      </Modal>
    </>
  )
}
