import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, DatePicker, Form, Input, Modal, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { endLink } from '@fengge/domain/registry/contract'
import { leavePerson } from '@fengge/domain/registry/leaving/contract'
import { saidLeavings, witnesses, type SaidLeaving, type Witness } from '@fengge/domain/registry/leaving/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { leavingWords, witnessWords } from '@fengge/web/words/registry.ts'

interface Props {
  readonly person: { readonly id: string; readonly name: string; readonly can: readonly string[] }
  /** The home he is asked about; without one he leaves the register, not a house. */
  readonly linkId?: string
  readonly close: () => void
}
/** `here`: he lives in this house no more, and stays in the register until somebody knows where he went. */
type How = SaidLeaving | 'here'
interface Said {
  readonly how: How
  readonly onDay: Dayjs
  readonly toWhere?: string
  readonly seenBy: Witness
  readonly reason?: string
}

/** Ends a home, or lets him go; says what came of it. */
function useLeaving({ person, linkId, close }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const { message } = App.useApp()
  return useMutation({
    mutationFn: async ({ how, onDay, toWhere = '', seenBy, reason = '' }: Said) => {
      const day = onDay.format('YYYY-MM-DD')
      if (how === 'here' && linkId !== undefined) {
        const why = reason === '' ? t('已搬离，去向待查', 'Moved out; where to is not known yet') : reason
        const { isLast } = await call(endLink, { requestId: freshId(), id: linkId, toOn: day, reason: why })
        return isLast
          ? t('此人已无住处，将按期限查找去向。', 'No home is left; he is looked for within the county’s days.')
          : t('已搬离此处，仍有其他住处。', 'He lives here no more, and has another home.')
      }
      const gone = { id: freshId(), personId: person.id, kind: how as SaidLeaving, onDay: day, seenBy }
      const { newHead } = await call(leavePerson, { requestId: freshId(), ...gone, toWhere, reason })
      return newHead === null
        ? t('已注销，期限内可撤回。', 'Done; it can be taken back for a while.')
        : t(`已注销，户主改为${newHead}。`, `Done; ${newHead} heads the household.`)
    },
    onSuccess: async (said) => {
      close()
      void message.success(said)
      await client.invalidateQueries()
    },
  })
}

/** Where somebody went: out of the register, or out of this house alone. */
export function LeaveDialog({ person, linkId, close }: Props) {
  const { t, w, fault } = useWords()
  // That somebody never was is the desk's to say.
  const kinds = saidLeavings.filter((kind) => kind !== 'wrong' || person.can.includes('registry.correct'))
  const send = useLeaving({ person, close, ...(linkId === undefined ? {} : { linkId }) })
  return (
    <Modal
      open
      onCancel={close}
      footer={null}
      destroyOnHidden
      title={t(`${person.name}去哪里了？`, `Where did ${person.name} go?`)}
    >
      {send.error ? <Alert type="error" role="alert" title={fault(send.error)} /> : null}
      <Form<Said>
        layout="vertical"
        initialValues={{ how: linkId === undefined ? 'moved' : 'here', onDay: dayjs(), seenBy: 'family' }}
        onFinish={(v) => send.mutate(v)}
      >
        <Form.Item name="how" label={t('情况', 'What happened')}>
          <Radio.Group>
            {linkId !== undefined && (
              <Radio value="here">{t('不住这里了（在本县别处，或去向不明）', 'Out of this house alone')}</Radio>
            )}
            {kinds.map((kind) => (
              <Radio key={kind} value={kind}>
                {kind === 'moved' ? t('搬走了（离开本县）', 'Moved out of the county') : w(leavingWords, kind)}
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        <Form.Item name="onDay" label={t('哪一天', 'On what day')}>
          <DatePicker allowClear={false} maxDate={dayjs()} />
        </Form.Item>
        <Form.Item
          name="toWhere"
          label={t('去向（搬走时填，不清楚可留空）', 'Where to; leave it open where nobody knows')}
          rules={[{ max: 120 }]}
        >
          <Input />
        </Form.Item>
        <Form.Item name="seenBy" label={t('谁说的或看到的', 'Who said or saw it')}>
          <Select options={witnesses.map((v) => ({ value: v, label: w(witnessWords, v) }))} />
        </Form.Item>
        <Form.Item name="reason" label={t('说明', 'Note')} rules={[{ max: 200 }]}>
          <Input />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t('登记', 'Save')}
        </Button>
      </Form>
    </Modal>
  )
}
