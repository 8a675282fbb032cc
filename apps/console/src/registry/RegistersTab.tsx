import { Link } from '@tanstack/react-router'
import { Segmented, Space, Switch, Table, Tag } from 'antd'
import { useState } from 'react'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { exportRegister, listRegister, type Register } from '@fengge/domain/registry/registers/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { SheetButton } from '../shell/SheetButton.tsx'
import { More, usePaged } from '../shell/Paged.tsx'
import { fieldsOf, useFields } from './useRegistry.ts'

/** Registers kept for themselves: shops along the streets, estates that nobody manages, with what is due and what is missing. */
export function RegistersTab() {
  const { t } = useWords()
  const [register, setRegister] = useState<Register>('shops')
  const [isDue, setDue] = useState(false)
  const list = usePaged(['register', register, isDue], (after) =>
    call(listRegister, { register, isDue: isDue ? 'yes' : 'no', ...after }),
  )
  const rows = list.data?.pages.flatMap((p) => p.rows) ?? []
  const counts = list.data?.pages[0]
  return (
    <div className="panel">
      <Space wrap style={{ marginBottom: 12 }}>
        <Segmented<Register>
          value={register}
          onChange={setRegister}
          options={[
            { value: 'shops', label: t('沿街商铺', 'Street shops') },
            { value: 'unmanaged-estates', label: t('无物业小区', 'Estates without management') },
            { value: 'said-names', label: t('待确认的小区名', 'Names of estates to confirm') },
          ]}
        />
        <span>
          <Switch size="small" checked={isDue} onChange={setDue} aria-label={t('只看待核实', 'Due only')} />{' '}
          {t('只看待核实', 'Due only')}
        </span>
        <SheetButton promise={exportRegister} filter={{ register, isDue: isDue ? 'yes' : 'no' }} />
        {counts && (
          <span className="soft">
            {t(`共 ${counts.total}，待核实 ${counts.due}`, `${counts.total}, ${counts.due} due`)}
          </span>
        )}
      </Space>
      <RegisterTable register={register} isPending={list.isPending} rows={rows} />
      <More list={list} shown={rows.length} total={isDue ? counts?.due : counts?.total} />
    </div>
  )
}

interface TableProps {
  readonly register: Register
  readonly isPending: boolean
  readonly rows: ReplyOf<typeof listRegister>['rows']
}

/** Each entry with what is missing, by the names of the fields. */
function RegisterTable({ register, isPending, rows }: TableProps) {
  const { t } = useWords()
  const fields = fieldsOf(useFields().data, register === 'shops' ? 'unit' : 'estate')
  const nameOf = (code: string) => {
    const field = fields.find((f) => f.code === code)
    return field ? t(field.name, field.nameEn) : code
  }
  return (
    <Table
      rowKey="id"
      size="small"
      loading={isPending}
      dataSource={rows}
      pagination={false}
      scroll={{ x: 700 }}
      locale={{ emptyText: t('没有登记', 'None') }}
      columns={[
        {
          title: t('名称', 'Name'),
          render: (_, r) => (
            <Link to="/registry/record/$id" params={{ id: r.id }}>
              {r.name}
            </Link>
          ),
        },
        { title: t('地址', 'Address'), dataIndex: 'note' },
        { title: t('网格', 'Grid'), dataIndex: 'gridName' },
        {
          title: t('核实期限', 'Verify by'),
          render: (_, r) => (
            <>
              {r.isDue && <Tag color="orange">{t('待核实', 'Due')}</Tag>}
              {r.dueAt === null ? t('从未核实', 'Never') : dayOf(Date.parse(r.dueAt))}
            </>
          ),
        },
        { title: t('待补', 'Missing'), render: (_, r) => r.missing.map(nameOf).join(t('、', ', ')) },
      ]}
    />
  )
}
