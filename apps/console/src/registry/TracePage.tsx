import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Empty, Form, Input, InputNumber, Select, Table } from 'antd'
import { documentKinds, ownKinds } from '@fengge/domain/registry/documents/document-kinds'
import { tracePersons, tracePurposes, type Traced } from '@fengge/domain/registry/trace-contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sexWords, tracePurposeWords } from '@fengge/web/words/registry.ts'

type DocumentCode = (typeof ownKinds)[number]
interface Asked {
  text: string
  idKind?: DocumentCode | 'citizen'
  bornYear?: number | null
  purpose: (typeof tracePurposes)[number]
  note: string
}

/** Where somebody is registered, for desks that answer for a place and keep no registry: whole names and numbers only. */
export function TracePage() {
  const { t, w, fault } = useWords()
  const documents = [
    { value: 'citizen', label: t('身份证，或按姓名、电话', 'Identity card, name or phone') },
    ...documentKinds
      .filter((k) => ownKinds.some((code) => code === k.code))
      .map((k) => ({ value: k.code, label: t(k.name, k.nameEn) })),
  ]
  const trace = useMutation({
    mutationFn: ({ bornYear, idKind, ...asked }: Asked) =>
      call(tracePersons, {
        ...asked,
        ...(typeof bornYear === 'number' ? { bornYear } : {}),
        ...(idKind === undefined || idKind === 'citizen' ? {} : { idKind }),
      }),
  })
  return (
    <div className="panel">
      <h1>{t('查找人员', 'Find a person')}</h1>
      <p className="soft">
        {t(
          '输入完整的姓名、证件号码或电话，说明用途。每次查找都留痕，被查到的人可以知道。',
          'Type a whole name, identity number or phone, and say what for. Every search is kept, and whoever was found can learn of it.',
        )}
      </p>
      <Form layout="vertical" onFinish={(asked: Asked) => trace.mutate(asked)} style={{ maxWidth: 480 }}>
        <Form.Item name="text" label={t('姓名、证件号码或电话', 'Name, number or phone')} rules={[{ required: true }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="idKind" label={t('按哪种证件查找', 'By which document')} initialValue="citizen">
          <Select options={documents} />
        </Form.Item>
        <Form.Item name="bornYear" label={t('出生年份（重名时填）', 'Year of birth, where a name is common')}>
          <InputNumber min={1880} max={2200} precision={0} />
        </Form.Item>
        <Form.Item name="purpose" label={t('用途', 'Purpose')} rules={[{ required: true }]}>
          <Select options={tracePurposes.map((value) => ({ value, label: w(tracePurposeWords, value) }))} />
        </Form.Item>
        <Form.Item name="note" label={t('具体事由', 'What it is about')} rules={[{ required: true, min: 4 }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={trace.isPending}>
          {t('查找', 'Search')}
        </Button>
      </Form>
      {trace.error ? <Alert type="error" role="alert" title={fault(trace.error)} /> : null}
      {trace.data && <Found persons={trace.data.persons} isMore={trace.data.isMore} />}
    </div>
  )
}

function Found({ persons, isMore }: { persons: readonly Traced[]; isMore: boolean }) {
  const { t, w } = useWords()
  if (isMore)
    return (
      <Alert
        type="info"
        role="status"
        title={t(
          '重名的人太多，请填出生年份或用证件号码查找',
          'Too many of this name: add the year of birth, or use the number',
        )}
      />
    )
  if (persons.length === 0)
    return <Empty description={t('辖区内没有登记这个人', 'Nobody of this name or number is registered here')} />
  return (
    <Table<Traced>
      size="small"
      rowKey={(p) => JSON.stringify(p)}
      dataSource={[...persons]}
      pagination={false}
      columns={[
        { title: t('姓名', 'Name'), dataIndex: 'name' },
        { title: t('性别', 'Sex'), render: (_, p) => w(sexWords, p.sex) },
        { title: t('出生年份', 'Year of birth'), dataIndex: 'bornYear' },
        { title: t('登记在', 'Registered in'), render: (_, p) => p.trail.join(' · ') },
      ]}
    />
  )
}
