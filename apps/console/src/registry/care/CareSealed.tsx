import { useMutation } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { careFields } from '@fengge/domain/registry/care/key-populations'
import { askCare, carePurposes, readOverlays } from '@fengge/domain/registry/care/contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { carePurposeWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { AskForm } from '../../shell/AskForm.tsx'
import type { Overlay } from './Overlays.tsx'

/** What is sealed: asked for with a purpose, agreed to by somebody else, shown for a short time. */
export function CareSealed({ overlay: o, personId }: { readonly overlay: Overlay; readonly personId: string }) {
  const { t, w } = useWords()
  if (o.state === 'asked')
    return (
      <p className="soft">
        {t('核心信息已申请查看，待他人审批。', 'Asked to read what is sealed; it waits for somebody else.')}
      </p>
    )
  if (o.state === 'sealed')
    return (
      <p>
        <span className="soft">{t('核心信息不显示。', 'What is sealed does not show.')}</span>{' '}
        <AskForm
          label={t('申请查看', 'Ask to read it')}
          isSmall
          changes={['overlays', 'care-requests']}
          questions={[
            {
              name: 'purpose',
              label: t('用途', 'Purpose'),
              kind: 'choice',
              options: carePurposes.map((p) => ({ value: p, label: w(carePurposeWords, p) })),
            },
            { name: 'note', label: t('事由', 'Reason'), kind: 'line', most: 200 },
          ]}
          send={(v: { purpose: (typeof carePurposes)[number]; note: string }) =>
            call(askCare, { requestId: freshId(), id: freshId(), overlayId: o.id, ...v })
          }
        />
      </p>
    )
  return (
    <>
      <p className="notice">
        {t(
          `可查看至 ${showTime(o.openUntil ?? '')}，查看留痕。`,
          `Readable until ${showTime(o.openUntil ?? '')}; it is kept who reads.`,
        )}
      </p>
      <Facts kind={o.kind} said={o} />
      {o.former.length > 0 && <FormerWords overlay={o} personId={personId} />}
    </>
  )
}

/** What stood there before, page by page; what was written first stands under every page. */
function FormerWords({ overlay: o, personId }: { readonly overlay: Overlay; readonly personId: string }) {
  const { t, fault } = useWords()
  const [later, setLater] = useState<Pick<Overlay, 'former' | 'formerNext'> | null>(null)
  const more = useMutation({
    mutationFn: (after: string) => call(readOverlays, { personId, formerOf: o.id, after }),
    onSuccess: ({ overlays }) => {
      const page = overlays.find((one) => one.id === o.id)
      if (page) setLater({ former: [...(later?.former ?? o.former), ...page.former], formerNext: page.formerNext })
    },
  })
  const next = later ? later.formerNext : o.formerNext
  const all = later?.former ?? o.former
  const shown = [...all.filter((f) => !f.isFirst), ...all.filter((f) => f.isFirst).slice(0, 1)]
  return (
    <details>
      <summary>{t(`以前登记的内容（${o.formerTotal}）`, `What stood there before (${o.formerTotal})`)}</summary>
      {shown.map((f) => (
        <div key={`${f.replacedAt} ${f.isFirst}`}>
          <p className="soft">
            {f.isFirst && t('最初登记。', 'Written first. ')}
            {t(
              `${showTime(f.replacedAt)} 由 ${f.replacedBy} 改写`,
              `Written over at ${showTime(f.replacedAt)} by ${f.replacedBy}`,
            )}
          </p>
          <Facts kind={o.kind} said={f} />
        </div>
      ))}
      {more.error && <Alert type="error" role="alert" title={fault(more.error)} />}
      {next !== null && (
        <Button size="small" loading={more.isPending} onClick={() => more.mutate(next)}>
          {t('再往前', 'Earlier')}
        </Button>
      )}
    </details>
  )
}

interface FactsProps {
  readonly kind: Overlay['kind']
  readonly said: Pick<Overlay, 'values' | 'facts'>
}

function Facts({ kind, said: { values, facts } }: FactsProps) {
  const { t } = useWords()
  const show = (code: string) => {
    const value = values[code]
    if (typeof value === 'boolean') return value ? t('是', 'Yes') : t('否', 'No')
    const chosen = careFields[kind].find((f) => f.code === code)?.choices?.find(([key]) => key === value)
    return chosen ? t(chosen[1], chosen[2]) : (value ?? '')
  }
  return (
    <dl className="facts">
      {careFields[kind]
        .filter((f) => values[f.code] !== undefined)
        .map((f) => [<dt key={f.code}>{t(f.name, f.nameEn)}</dt>, <dd key={`${f.code} value`}>{show(f.code)}</dd>])}
      {facts !== '' && [<dt key="facts">{t('其他情况', 'Other facts')}</dt>, <dd key="facts value">{facts}</dd>]}
    </dl>
  )
}
