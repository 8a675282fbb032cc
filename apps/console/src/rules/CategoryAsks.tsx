import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Space } from 'antd'
import { decideCategory, listCategoryAsks } from '@fengge/domain/events/contract/rules'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { categoryFieldWords } from '@fengge/web/words/catalogue.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { has, useMe } from '../shell/useMe.ts'
import { rulesSayings } from '../words/rules.ts'

/** Changes that would open what comes under a category: shown to who may agree to them, until they are answered. */
export function CategoryAsks() {
  const { t, w, fault } = useWords()
  const words = useSayings(rulesSayings)
  const me = useMe().data
  const client = useQueryClient()
  const list = useQuery({
    queryKey: ['catalogue', 'asked'],
    queryFn: () => call(listCategoryAsks, {}),
    enabled: has(me, 'catalogue.edit') || has(me, 'event.agree-recode'),
  })
  const decide = useMutation({
    mutationFn: (v: { id: string; isAgreed: boolean }) => call(decideCategory, { requestId: freshId(), ...v }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['catalogue'] }),
  })
  const asks = list.data?.asks ?? []
  if (asks.length === 0) return null
  return (
    <section aria-label={words.asksWait} style={{ marginBottom: 12 }}>
      <h3>{words.asksWait}</h3>
      {decide.error ? <Alert type="error" role="alert" title={fault(decide.error)} /> : null}
      {asks.map((a) => (
        <Space key={a.id} wrap>
          <strong>{words.askOf(a.code, t(a.name, a.nameEn), a.from)}</strong>
          <span>{words.takesOff(a.opens.map((field) => w(categoryFieldWords, field)).join('、'))}</span>
          <span className="soft">{words.askedBy(a.by, showTime(a.askedAt))}</span>
          {a.canDecide && (
            <>
              <Button size="small" type="primary" onClick={() => decide.mutate({ id: a.id, isAgreed: true })}>
                {words.agree}
              </Button>
              <Button size="small" onClick={() => decide.mutate({ id: a.id, isAgreed: false })}>
                {words.refuse}
              </Button>
            </>
          )}
        </Space>
      ))}
    </section>
  )
}
