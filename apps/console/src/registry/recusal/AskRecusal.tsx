import { askRecusal } from '@fengge/domain/registry/recusal/contract'
import type { RecordView } from '@fengge/domain/registry/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { AskForm } from '../../shell/AskForm.tsx'

/** Somebody who serves is to be kept from this person: a relative, a former husband. */
export function AskRecusal({ record }: { record: RecordView }) {
  const { t } = useWords()
  if (record.kind !== 'person' || !record.can.includes('registry.correct')) return null
  return (
    <section className="panel" style={{ marginTop: 12 }}>
      <h3 style={{ marginTop: 0 }}>{t('回避', 'Recusal')}</h3>
      <AskForm<{ login: string; untilOn: string; reason: string }>
        label={t('申请让某账号看不到此人', 'Keep an account from this person')}
        changes={['recusals']}
        note={t(
          '由上级另一人审批；同意后该账号查不到此人及其住户，也看不到他们反映的事件，不会收到提示。',
          'Somebody above agrees to it; that account then finds neither this person nor the household nor what they told of, and is not told.',
        )}
        questions={[
          { name: 'login', label: t('对方登录名', 'Their login'), kind: 'line', most: 60 },
          { name: 'untilOn', label: t('截止日期（最长三年）', 'Until, three years at most'), kind: 'day' },
          { name: 'reason', label: t('理由', 'Reason'), kind: 'text', most: 200 },
        ]}
        send={(asked) => call(askRecusal, { requestId: freshId(), id: freshId(), personId: record.id, ...asked })}
      />
    </section>
  )
}
