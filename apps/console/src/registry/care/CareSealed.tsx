import { careFields } from '@fengge/domain/registry/care/key-populations'
import { askCare, carePurposes } from '@fengge/domain/registry/care/contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { carePurposeWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { AskForm } from '../../shell/AskForm.tsx'
import type { Overlay } from './Overlays.tsx'

/** What is sealed: asked for with a purpose, agreed to by somebody else, shown for a short time. */
export function CareSealed({ overlay: o }: { readonly overlay: Overlay }) {
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
      {o.former.length > 0 && (
        <details>
          <summary>{t(`以前登记的内容（${o.former.length}）`, `What stood there before (${o.former.length})`)}</summary>
          {o.former.map((f) => (
            <div key={f.replacedAt}>
              <p className="soft">
                {t(
                  `${showTime(f.replacedAt)} 由 ${f.replacedBy} 改写`,
                  `Written over at ${showTime(f.replacedAt)} by ${f.replacedBy}`,
                )}
              </p>
              <Facts kind={o.kind} said={f} />
            </div>
          ))}
        </details>
      )}
    </>
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
