import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Form, Input, Modal, Radio, Select, Spin, Table } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { getBorders } from '@fengge/domain/places/contract'
import { foldingHows, foldingRoles, type AreaShare, type FoldingHow } from '@fengge/domain/places/folding'
import { compareArea, foldArea, type Area } from '@fengge/domain/places/folding-contract'
import { foreseeChange } from '@fengge/domain/places/net-contract'
import type { dedicatedKinds } from '@fengge/domain/places/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { foldingHowWords, foldingRoleWords } from '@fengge/web/words/terms.ts'
import { Confirm, FaultOf, type Ahead } from './Confirm.tsx'
import { DedicatedField } from './DedicatedField.tsx'
import { borderFrom, dedicatedFrom, type Change, type Feature } from './net-change.ts'

const NetMap = lazy(() => import('./NetMap.tsx').then((m) => ({ default: m.NetMap })))

type Compared = ReplyOf<typeof compareArea>
interface Values {
  how: FoldingHow
  gridIds: string[]
  gridId?: string
  name?: string
  dedicatedKind?: (typeof dedicatedKinds)[number]
  on: Dayjs
  basis: string
  staff: string[]
  role: (typeof foldingRoles)[number]
}

interface Props {
  readonly area: Area
  readonly onClose: () => void
}
/** One grid of a department beside ours: compare, say what it becomes, look ahead where the net changes, confirm. */
export function FoldDialog({ area, onClose }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const [ahead, setAhead] = useState<(Ahead & { readonly values: Values }) | null>(null)
  const compared = useQuery({ queryKey: ['area', area.id], queryFn: () => call(compareArea, { id: area.id }) })
  const fold = async (values: Values, change: Change | null) => {
    const { how, gridIds, on, basis, staff, role } = values
    await call(foldArea, {
      requestId: freshId(),
      id: freshId(),
      areaId: area.id,
      how,
      gridIds: how === 'same' ? gridIds : [],
      change,
      on: on.format('YYYY-MM-DD'),
      basis,
      staff: staff.map((accountId) => ({ accountId, roleCode: role })),
    })
    onClose()
    await client.invalidateQueries()
  }
  const fill = useMutation({
    mutationFn: async (values: Values) => {
      if (values.how === 'same') return fold(values, null)
      const change = await changeFor(values, compared.data!)
      setAhead({ change, values, foresight: await call(foreseeChange, { change }) })
    },
  })
  return (
    <Modal
      open
      width={860}
      title={t(`${area.owner}“${area.name}”并入一张网`, `Fold “${area.name}” of ${area.owner} into the net`)}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
    >
      <FaultOf error={compared.error} />
      {!compared.data && !compared.error && <Spin />}
      {compared.data && (
        <div hidden={ahead !== null}>
          <Shares {...compared.data} />
          <FaultOf error={fill.error} />
          <FoldForm compared={compared.data} isPending={fill.isPending} onFilled={(v) => fill.mutate(v)} />
        </div>
      )}
      {ahead && (
        <Confirm
          change={ahead.change}
          foresight={{ ...ahead.foresight, isOrder: true }}
          onBack={() => setAhead(null)}
          carry={(change) => fold(ahead.values, change)}
        />
      )}
    </Modal>
  )
}

/** The change of the net that makes the area a grid, or its border the border of one. */
async function changeFor(v: Values, { geometry, shares }: Compared): Promise<Change> {
  const share = shares.find((s) => s.gridId === v.gridId) ?? shares[0]
  if (!share || share.villageId === null) throw new Error('empty')
  const parentId = share.villageId
  const features = (await call(getBorders, { parentId })).features as Feature[]
  const on = v.on.format('YYYY-MM-DD')
  const taking = { on, reason: v.basis, geometry: geometry as Feature['geometry'], features }
  return v.how === 'border'
    ? borderFrom(taking, share.gridId)
    : dedicatedFrom(taking, { parentId, name: v.name!, dedicatedKind: v.dedicatedKind! })
}

const percent = (share: number) => `${Math.round(share * 100)}%`

/** How much of it and of each of our grids is the same, by land and by people. */
function Shares({ shares, geometry, bareM2 }: Compared) {
  const { t } = useWords()
  const faults = useMemo(() => [geometry], [geometry])
  const village = shares[0]?.villageId
  const people = (s: AreaShare) =>
    t(
      `${s.persons} / ${s.gridPersons}${s.pointless > 0 ? `（${s.pointless} 人住处无坐标）` : ''}`,
      `${s.persons} / ${s.gridPersons}${s.pointless > 0 ? ` (${s.pointless} without a point)` : ''}`,
    )
  return (
    <>
      {village && (
        <Suspense fallback={<Spin />}>
          <NetMap className="map map-small" parentId={village} faults={faults} />
        </Suspense>
      )}
      {bareM2 !== null && bareM2 > 100 && (
        <Alert
          type="warning"
          title={t(
            `其中 ${(bareM2 / 1e6).toFixed(3)} km² 不在任何社区网格内`,
            `${(bareM2 / 1e6).toFixed(3)} km² of it lie in no grid of ours`,
          )}
        />
      )}
      <Table<AreaShare>
        size="small"
        rowKey="gridId"
        style={{ margin: '8px 0' }}
        pagination={{ pageSize: 6, hideOnSinglePage: true }}
        dataSource={[...shares]}
        locale={{ emptyText: t('与任何社区网格都不重叠', 'It meets no grid of ours') }}
        columns={[
          { title: t('社区网格', 'Our grid'), render: (_, s) => `${s.village} ${s.name}` },
          { title: t('占部门网格', 'Of its land'), render: (_, s) => percent(s.ofArea) },
          { title: t('占本网格', 'Of our grid'), render: (_, s) => percent(s.ofGrid) },
          { title: t('重叠人数 / 本网格人数', 'People in both / in our grid'), render: (_, s) => people(s) },
        ]}
      />
    </>
  )
}

interface FormProps {
  readonly compared: Compared
  readonly isPending: boolean
  readonly onFilled: (v: Values) => void
}
function FoldForm({ compared: { shares, likely, area, staff, areaM2 }, isPending, onFilled }: FormProps) {
  const { t, w } = useWords()
  const [form] = Form.useForm<Values>()
  const how = Form.useWatch('how', form) ?? 'same'
  const grids = shares.map((s) => ({ value: s.gridId, label: `${s.village} ${s.name}` }))
  const role = area.layer === 'police-beat' ? 'deputy-leader' : 'sunk-officer'
  const hows = areaM2 === null ? (['same'] as const) : foldingHows
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={{
        how: 'same',
        gridIds: [...likely],
        gridId: likely[0],
        name: area.name,
        on: dayjs(),
        staff: [],
        role,
      }}
      onFinish={onFilled}
    >
      <Form.Item name="how" label={t('并入方式', 'What it becomes')}>
        <Radio.Group options={hows.map((value) => ({ value, label: w(foldingHowWords, value) }))} />
      </Form.Item>
      {how === 'same' && (
        <Form.Item name="gridIds" label={t('即这些社区网格', 'These grids of ours')} rules={[{ required: true }]}>
          <Select mode="multiple" options={grids} optionFilterProp="label" />
        </Form.Item>
      )}
      {how === 'border' && (
        <Form.Item
          name="gridId"
          label={t('哪个网格改用它的边界', 'Which grid gets its border')}
          rules={[{ required: true }]}
        >
          <Select options={grids} />
        </Form.Item>
      )}
      {how === 'dedicated' && <DedicatedFields />}
      <StaffFields staff={staff} />
      <Form.Item name="on" label={t('生效日期', 'From')} rules={[{ required: true }]}>
        <DatePicker allowClear={false} minDate={dayjs()} />
      </Form.Item>
      <Form.Item name="basis" label={t('依据（文号）', 'By which paper')} rules={[{ required: true, max: 120 }]}>
        <Input />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={isPending}>
        {how === 'same' ? t('确认并入', 'Fold it in') : t('预览去向', 'Look ahead')}
      </Button>
    </Form>
  )
}

function DedicatedFields() {
  const { t } = useWords()
  return (
    <>
      <Form.Item name="name" label={t('专属网格名称', 'Name of the grid')} rules={[{ required: true, max: 50 }]}>
        <Input />
      </Form.Item>
      <DedicatedField />
    </>
  )
}

/** Who of the departments serves on in our grids, and as what; whoever gives posts agrees to it. */
function StaffFields({ staff }: Pick<Compared, 'staff'>) {
  const { t, w } = useWords()
  return (
    <>
      <Form.Item
        name="staff"
        label={t('随网格下沉的部门人员', 'People of the department who serve on in our grids')}
        extra={t(
          '提交后由安全管理员同意，同意后按生效日期任职。',
          'The security administrator agrees; they serve from the day on.',
        )}
      >
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={staff.map((s) => ({ value: s.accountId, label: `${s.name}（${s.department} ${s.role}）` }))}
        />
      </Form.Item>
      <Form.Item name="role" label={t('在网格中的岗位', 'As what')}>
        <Select options={foldingRoles.map((r) => ({ value: r, label: w(foldingRoleWords, r) }))} />
      </Form.Item>
    </>
  )
}
