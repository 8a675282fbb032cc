import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { findLikely } from '@fengge/domain/registry/contract'
import { questionOf } from '@fengge/domain/registry/likely-question'
import type { Value, Values } from '@fengge/domain/registry/terms'
import { call, Refused } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { likelyNotes, likelyWords } from '@fengge/web/words/registry.ts'

interface Props {
  values: Record<string, Value>
  choose: ((personId: string) => void) | undefined
  askElsewhere: ((values: Values) => void) | undefined
}

/** Who a new person may already be: of one's own places each by name; of all others only that somebody is known. */
export function Likely({ values, choose, askElsewhere }: Props) {
  const { t, w } = useWords()
  const question = questionOf(values, false)
  const found = useQuery({
    queryKey: ['likely', question],
    queryFn: () => call(findLikely, { values: question! }),
    enabled: question !== undefined,
  })
  const note = { style: { marginBottom: 12 }, role: 'status' }
  if (found.error instanceof Refused && found.error.problem.problem === 'search.quota')
    return <Alert type="info" {...note} title={w(likelyNotes, 'spent')} />
  if (!found.data || !question) return null
  const { likely, isElsewhere } = found.data
  return (
    <>
      {likely.length > 0 && (
        <Alert
          type="warning"
          {...note}
          title={t('可能已经登记过', 'This may be somebody already there')}
          description={likely.map((l) => (
            <div key={l.id}>
              <a href={`/console/registry/record/${l.id}`} target="_blank" rel="noreferrer">
                {l.name}
              </a>{' '}
              · {l.gridName} · {l.reasons.map((r) => w(likelyWords, r)).join('、')}{' '}
              {l.left &&
                t(
                  `已于${l.left.onDay}搬走，如系本人请打开登记办理“回来了”`,
                  `moved away on ${l.left.onDay}; if it is he, open the record: he came back`,
                )}{' '}
              {choose && !l.left && (
                <Button size="small" onClick={() => choose(l.id)}>
                  {t('就是此人', 'This is the one')}
                </Button>
              )}
            </div>
          ))}
        />
      )}
      {isElsewhere && (
        <Alert
          type="warning"
          {...note}
          title={w(likelyNotes, 'elsewhere')}
          description={
            askElsewhere && (
              <Button size="small" onClick={() => askElsewhere(question)}>
                {w(likelyNotes, 'ask')}
              </Button>
            )
          }
        />
      )}
    </>
  )
}
