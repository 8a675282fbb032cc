import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Checkbox, DatePicker, Form, Input, Modal, Radio, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { endLink } from '@fengge/domain/registry/contract'
import { offerMover } from '@fengge/domain/registry/arriving/contract'
import { leavePerson } from '@fengge/domain/registry/leaving/contract'
import { saidLeavings, witnesses, type SaidLeaving, type Witness } from '@fengge/domain/registry/leaving/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { leavingWords, witnessWords } from '@fengge/web/words/registry.ts'
import { today } from '../../shell/Days.tsx'

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
  /** The grid there is asked to look for him. */
  readonly isOffered?: boolean
}

/** Ends a home, or lets him go; says what came of it. */
function useLeaving({ person, linkId, close }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const { message } = App.useApp()
  const sayLeft = (onDay: Dayjs) =>
    onDay.isAfter(today(), 'day')
      ? t('已登记，到那一天注销；此前随时可撤回。', 'Said; it happens on that day and can be taken back until then.')
      : t('已注销，期限内可撤回。', 'Done; it can be taken back for a while.')
  return useMutation({
    mutationFn: async ({ how, onDay, toWhere = '', seenBy, reason = '', isOffered = false }: Said) => {
      const day = onDay.format('YYYY-MM-DD')
      if (how === 'here' && isOffered) {
        const mover = { id: freshId(), personId: person.id, toWhere, onDay: day }
        await call(offerMover, { requestId: freshId(), ...mover })
        // Who has not moved yet goes on living here; his home ends when he is found there.
        if (onDay.isAfter(today(), 'day'))
          return t(
            '已请迁入地网格核实，入住后此处自动终止。',
            'The grid there looks for him; this home ends when he is found.',
          )
      }
      if (how === 'here' && linkId !== undefined) {
        const why = reason === '' ? t('已搬离，去向待查', 'Moved out; where to is not known yet') : reason
        const { isLast } = await call(endLink, { requestId: freshId(), id: linkId, toOn: day, reason: why })
        if (isOffered) return t('已请迁入地网格核实。', 'The grid there looks for him.')
        return isLast
          ? t('此人已无住处，将按期限查找去向。', 'No home is left; he is looked for within the county’s days.')
          : t('已搬离此处，仍有其他住处。', 'He lives here no more, and has another home.')
      }
      const gone = { id: freshId(), personId: person.id, kind: how as SaidLeaving, onDay: day, seenBy }
      const { newHead } = await call(leavePerson, { requestId: freshId(), ...gone, toWhere, reason })
      return newHead === null
        ? sayLeft(onDay)
        : t(`已注销，户主改为${newHead}。`, `Done; ${newHead} heads the household.`)
    },
    onSuccess: async (said: string) => {
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
      title={t(`${person.name}：搬走、去世等变动`, `${person.name}: moved, died, or other`)}
    >
      {send.error ? <Alert type="error" role="alert" title={fault(send.error)} /> : null}
      <Form<Said>
        layout="vertical"
        initialValues={{ how: linkId === undefined ? 'moved' : 'here', onDay: today(), seenBy: 'family' }}
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
        <Form.Item noStyle dependencies={['how']}>
          {({ getFieldValue }) => <WhenAndWhere how={getFieldValue('how') as How} />}
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

/** Moving may be said ahead; where to is asked of movers alone, and whether the grid there is to look for him. */
function WhenAndWhere({ how }: { how: How }) {
  const { t } = useWords()
  const moves = how === 'moved' || how === 'here'
  return (
    <>
      <Form.Item
        name="onDay"
        label={
          moves ? t('哪一天（可提前 90 天登记）', 'On what day, at most 90 days ahead') : t('哪一天', 'On what day')
        }
      >
        <DatePicker allowClear={false} maxDate={moves ? today().add(90, 'day') : today()} />
      </Form.Item>
      {how === 'here' && (
        <Form.Item
          name="isOffered"
          valuePropName="checked"
          extra={t(
            '须本人知情。家庭暴力、躲债等需要保密的，不要勾选。只告知迁入地姓名和去向。',
            'With his knowledge only, and never where somebody is hiding. The grid there is told the name and where to.',
          )}
        >
          <Checkbox>{t('请本县迁入地网格核实入住', 'Ask the grid there to look for him')}</Checkbox>
        </Form.Item>
      )}
      {moves && (
        <Form.Item noStyle dependencies={['isOffered']}>
          {({ getFieldValue }) => {
            const isOffered = how === 'here' && getFieldValue('isOffered') === true
            if (how === 'here' && !isOffered) return null
            return (
              <Form.Item
                name="toWhere"
                label={
                  isOffered
                    ? t('迁往何处（小区、幢、室）', 'Where to: estate, building, room')
                    : t('去向（不清楚可留空）', 'Where to; leave it open where nobody knows')
                }
                rules={[{ max: 120, required: isOffered, min: isOffered ? 2 : 0 }]}
              >
                <Input />
              </Form.Item>
            )
          }}
        </Form.Item>
      )}
    </>
  )
}
