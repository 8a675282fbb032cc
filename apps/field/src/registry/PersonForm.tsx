import { useState } from 'react'
import { findLikely } from '@fengge/domain/registry/contract'
import { questionOf } from '@fengge/domain/registry/likely-question'
import { linkRoles, type LinkRole, type Values } from '@fengge/domain/registry/terms'
import { call, Refused } from '@fengge/web/api/call.ts'
import type { FieldBrief } from '@fengge/domain/registry/rows'
import { useWords } from '@fengge/web/words/language.ts'
import { faultWords, likelyNotes, likelyWords, linkRoleWords } from '@fengge/web/words/registry.ts'
import { useField } from '../offline/usePhone.ts'
import { useAsk } from '../offline/useAsk.ts'

interface Props {
  houseId: string
  fields: readonly FieldBrief[]
  error: unknown
  isBusy: boolean
  readonly cancel: () => void
  readonly choose: (personId: string, role: LinkRole) => void
  readonly askElsewhere: (values: Values, role: LinkRole) => void
  readonly save: (values: Record<string, string>, role: LinkRole, behalf: string) => void
}

/** Only what is asked, and whoever is likely to be there already is shown before saving. */
export function PersonForm({ houseId, fields, error, isBusy, cancel, choose, askElsewhere, save }: Props) {
  const { t, w, fault } = useWords()
  const [values, setValues] = useState<Record<string, string>>({ kind: 'floating' })
  const [role, setRole] = useState<LinkRole>('tenant')
  const asked = fields.filter((f) => f.isAsked || f.isRequired)
  const given = Object.fromEntries(Object.entries(values).filter(([, v]) => v.trim() !== ''))
  const question = questionOf(given, true)
  const { isOnline } = useField()
  const [behalf, setBehalf] = useState('')
  const likely = useAsk(
    JSON.stringify(question),
    () => call(findLikely, { values: question ?? {}, houseId }),
    isOnline && question !== undefined,
  )
  const isSpent = likely.error instanceof Refused && likely.error.problem.problem === 'search.quota'
  const faults =
    error instanceof Refused
      ? (error.problem as { details?: { fields?: { field: string; fault: string }[] } }).details?.fields
      : undefined
  return (
    <>
      <header className="top">
        <button className="small" onClick={cancel}>
          {t('返回', 'Back')}
        </button>
        <h1>{t('新来了人', 'Somebody moved in')}</h1>
      </header>
      <main>
        <form
          onSubmit={(e) => {
            e.preventDefault()
            save(given, role, behalf)
          }}
        >
          {error ? (
            <div className="error" role="alert">
              {fault(error)}
              {faults?.map((f) => (
                <div key={f.field}>
                  {t(
                    fields.find((x) => x.code === f.field)?.name ?? f.field,
                    fields.find((x) => x.code === f.field)?.nameEn ?? f.field,
                  )}
                  ：{w(faultWords, f.fault)}
                </div>
              ))}
            </div>
          ) : null}
          {isSpent && (
            <div className="notice" role="status">
              {w(likelyNotes, 'spent')}
            </div>
          )}
          {(likely.data?.likely.length ?? 0) > 0 && (
            <div className="notice" role="status">
              {t('可能已登记：', 'May be there already: ')}
              {likely.data!.likely.map((l) => (
                <div key={l.id}>
                  {l.name} · {l.gridName} · {l.reasons.map((r) => w(likelyWords, r)).join('、')}{' '}
                  {!l.reasons.includes('same-home') && (
                    <button type="button" className="small" disabled={isBusy} onClick={() => choose(l.id, role)}>
                      {t('就是此人', 'This is the one')}
                    </button>
                  )}
                </div>
              ))}
            </div>
          )}
          {likely.data?.isElsewhere && question && (
            <div className="notice" role="status">
              {w(likelyNotes, 'elsewhere')}{' '}
              <button type="button" className="small" disabled={isBusy} onClick={() => askElsewhere(question, role)}>
                {w(likelyNotes, 'ask')}
              </button>
            </div>
          )}
          <fieldset>
            <legend>{t('与房屋关系', 'Part')}</legend>
            <div className="chips">
              {linkRoles
                .filter((r) => r !== 'owner')
                .map((r) => (
                  <button type="button" key={r} className="small" aria-pressed={role === r} onClick={() => setRole(r)}>
                    {w(linkRoleWords, r)}
                  </button>
                ))}
            </div>
          </fieldset>
          {asked.map((f) =>
            f.type === 'choice' ? (
              <fieldset key={f.code}>
                <legend>{t(f.name, f.nameEn)}</legend>
                <div className="chips">
                  {f.choices.map(([code, zh, en]) => (
                    <button
                      type="button"
                      key={code}
                      className="small"
                      aria-pressed={values[f.code] === code}
                      onClick={() => setValues({ ...values, [f.code]: code })}
                    >
                      {t(zh, en)}
                    </button>
                  ))}
                </div>
              </fieldset>
            ) : (
              <div key={f.code}>
                <label htmlFor={f.code}>
                  {t(f.name, f.nameEn)}
                  {f.isRequired ? '' : t('（可不填）', ' (optional)')}
                </label>
                <input
                  id={f.code}
                  required={f.isRequired}
                  value={values[f.code] ?? ''}
                  onChange={(e) => setValues({ ...values, [f.code]: e.target.value })}
                  autoComplete="off"
                  inputMode={f.type === 'phone' ? 'tel' : 'text'}
                  placeholder={f.type === 'day' ? '1990-01-31' : ''}
                  aria-describedby={`${f.code}-why`}
                />
                <div className="soft" id={`${f.code}-why`}>
                  {t(`用途：${f.purpose}`, `For: ${f.purpose}`)}
                </div>
              </div>
            ),
          )}
          <details>
            <summary>{t('替别人录入', 'Entered for somebody')}</summary>
            <label htmlFor="behalf">{t('替谁录入', 'For whom')}</label>
            <input id="behalf" value={behalf} onChange={(e) => setBehalf(e.target.value)} maxLength={50} />
          </details>
          <button className="button" disabled={isBusy}>
            {t('保存', 'Save')}
          </button>
        </form>
      </main>
    </>
  )
}
