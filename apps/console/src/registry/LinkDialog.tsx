import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, DatePicker, Form, Input, Modal, Select, Space } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { linkPerson, searchRegistry } from '@fengge/domain/registry/contract'
import { askLink } from '@fengge/domain/registry/link-contract'
import { linkRoles, type HeadIs, type LinkRole, type Values } from '@fengge/domain/registry/terms'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { linkRoleWords } from '@fengge/web/words/registry.ts'
import { RecordForm } from './RecordForm.tsx'
import { today } from '../shell/Days.tsx'

/** Somebody of the register, or somebody of another place by what he said of himself. */
type Chosen = { readonly personId: string } | { readonly values: Values }
interface Part {
  readonly role: LinkRole
  readonly basis: string
  readonly from: Dayjs
  /** He is to move away on a day: that is off, or stands. */
  readonly plan?: 'off' | 'stays'
  readonly headIs?: HeadIs
}
interface Props {
  houseId: string
  placeId: string | undefined
  isOpen: boolean
  readonly close: () => void
}

/** Who moved in: found in the register, written down anew, or asked for at the community he is registered in. */
export function LinkDialog({ houseId, placeId, isOpen, close }: Props) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const { message } = App.useApp()
  const [chosen, setChosen] = useState<Chosen | undefined>()
  const [isNew, setNew] = useState(false)
  const save = useMutation({
    mutationFn: async ({ role, basis, from, plan, headIs }: Part) => {
      const part = { requestId: freshId(), id: freshId(), houseId, role, basis, fromOn: from.format('YYYY-MM-DD') }
      const asked = headIs === 'member' ? { ...part, role: headIs } : part
      if ('values' in chosen!) return { isAsked: (await call(askLink, { ...asked, values: chosen.values })).done }
      return call(linkPerson, { ...part, personId: chosen!.personId, plan, headIs })
    },
    onSuccess: async ({ isAsked }) => {
      close()
      setChosen(undefined)
      if (isAsked)
        void message.success(
          t('已请其所在社区核实，同意后自动关联', 'His community was asked; it links him when it agrees'),
        )
      await client.invalidateQueries()
    },
  })
  return (
    <Modal open={isOpen} onCancel={close} footer={null} destroyOnHidden title={t('添加住户', 'Add somebody')}>
      {save.error ? <Alert type="error" role="alert" title={fault(save.error)} /> : null}
      <AskPlan error={save.error} say={(plan) => save.variables && save.mutate({ ...save.variables, plan })} />
      <AskHead error={save.error} say={(headIs) => save.variables && save.mutate({ ...save.variables, headIs })} />
      <Finder chosen={chosen} choose={setChosen} add={() => setNew(true)} />
      {chosen && 'values' in chosen && (
        <Alert
          type="info"
          style={{ marginBottom: 12 }}
          role="status"
          title={t(
            `${String(chosen.values['name'] ?? '')}在别处已有登记，提交后由其所在社区核实`,
            `${String(chosen.values['name'] ?? '')} is registered elsewhere; his community decides`,
          )}
        />
      )}
      {chosen && (
        <PartForm
          isBusy={save.isPending}
          label={'values' in chosen ? t('请其所在社区核实', 'Ask his community') : t('添加', 'Add')}
          send={(part) => save.mutate(part)}
        />
      )}
      <RecordForm
        kind="person"
        placeId={placeId}
        isOpen={isNew}
        close={() => setNew(false)}
        onSaved={(personId) => setChosen({ personId })}
        onElsewhere={(values) => setChosen({ values })}
      />
    </Modal>
  )
}

/** Whether somebody who is to move away on a day still does, asked where the server asks it. */
export function AskPlan({ error, say }: { error: unknown; readonly say: (plan: 'off' | 'stays') => void }) {
  const { t } = useWords()
  if (!(error instanceof Refused) || error.problem.problem !== 'link.planned') return null
  return (
    <Space style={{ margin: '8px 0' }}>
      <Button onClick={() => say('off')}>{t('不搬了，取消搬走', 'He stays: it is off')}</Button>
      <Button onClick={() => say('stays')}>{t('到时照旧搬走', 'He goes all the same')}</Button>
    </Space>
  )
}

/** Which of the two heads the household, asked where the server asks it; of who lives elsewhere that he does is said once he is here. */
function AskHead({ error, say }: { error: unknown; readonly say: (headIs: HeadIs) => void }) {
  const { t } = useWords()
  if (!(error instanceof Refused) || error.problem.problem !== 'link.headed') return null
  const { isAsked = false } = ((error.problem as { details?: unknown }).details ?? {}) as { readonly isAsked?: boolean }
  return (
    <Space wrap style={{ margin: '8px 0' }}>
      {!isAsked && (
        <Button onClick={() => say('head')}>
          {t('由他任户主，现户主改为成员', 'He heads it, the other is a member')}
        </Button>
      )}
      <Button onClick={() => say('member')}>{t('户主不变，他登记为成员', 'The head stays, he is a member')}</Button>
    </Space>
  )
}

interface FinderProps {
  chosen: Chosen | undefined
  readonly choose: (chosen: Chosen) => void
  readonly add: () => void
}
function Finder({ chosen, choose, add }: FinderProps) {
  const { t, fault } = useWords()
  const [text, setText] = useState('')
  const found = useQuery({
    queryKey: ['registry-search', text],
    queryFn: () => call(searchRegistry, { text }),
    enabled: text.trim() !== '',
  })
  return (
    <>
      <Space.Compact style={{ width: '100%' }}>
        <Input.Search
          onSearch={setText}
          placeholder={t('先查找：姓名、手机或证件号码', 'Search first: name, phone or number')}
          aria-label={t('查找', 'Find')}
        />
        <Button onClick={add}>{t('新登记', 'New')}</Button>
      </Space.Compact>
      {found.error ? <Alert type="error" role="alert" title={fault(found.error)} /> : null}
      <ul className="queue">
        {(found.data?.records ?? [])
          .filter((r) => r.kind === 'person')
          .map((r) => (
            <li key={r.id}>
              <button
                aria-current={chosen && 'personId' in chosen && r.id === chosen.personId}
                onClick={() => choose({ personId: r.id })}
              >
                {r.name}{' '}
                <span className="soft">
                  {r.note} {r.gridName}
                </span>
              </button>
            </li>
          ))}
      </ul>
      {found.data?.records.length === 0 && (
        <p className="soft">{t('没有找到，可新登记', 'Nobody found; add a new record')}</p>
      )}
    </>
  )
}

interface PartProps {
  isBusy: boolean
  label: string
  readonly send: (part: Part) => void
}
function PartForm({ isBusy, label, send }: PartProps) {
  const { t, w } = useWords()
  return (
    <Form
      layout="vertical"
      initialValues={{ role: 'tenant', from: today(), basis: t('本人告知', 'Said so') }}
      onFinish={send}
    >
      <Form.Item name="role" label={t('与房屋关系', 'Part')}>
        <Select options={linkRoles.map((r) => ({ value: r, label: w(linkRoleWords, r) }))} />
      </Form.Item>
      <Form.Item name="from" label={t('起始日期', 'From')}>
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item name="basis" label={t('依据', 'Basis')} rules={[{ required: true, max: 60 }]}>
        <Input />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={isBusy}>
        {label}
      </Button>
    </Form>
  )
}
