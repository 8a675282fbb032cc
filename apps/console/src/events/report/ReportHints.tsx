import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Form } from 'antd'
import { useEffect, useState } from 'react'
import { suggestForReport } from '@fengge/domain/events/contract/desk'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { statusWords } from '@fengge/web/words/terms.ts'
import { useCatalogue } from '../useEvents.ts'

/** While one types: which category it may be, taken by a click, and what may be the same matter. */
export function ReportHints({ onCategory }: { readonly onCategory: (code: string) => void }) {
  const { t, w } = useWords()
  const catalogue = useCatalogue()
  const title = Form.useWatch<string | undefined>('title') ?? ''
  const content = Form.useWatch<string | undefined>('content') ?? ''
  const text = useSettled(`${title} ${content}`.trim().slice(0, 1000), 600)
  const hints = useQuery({
    queryKey: ['report-hints', text],
    queryFn: () => call(suggestForReport, { text }),
    enabled: text.length >= 4,
    placeholderData: (before) => before,
  })
  if (!hints.data || text.length < 4) return null
  const { categories, duplicates } = hints.data
  const nameOf = (code: string) => {
    const found = catalogue.data?.find((c) => c.code === code)
    return found ? t(found.name, found.nameEn) : code
  }
  return (
    <div style={{ marginBottom: 16 }}>
      {categories.length > 0 && (
        <p>
          <span className="soft">{t('类别可能是', 'The category may be')}</span>{' '}
          {categories.slice(0, 3).map((c) => (
            <Button key={c.code} size="small" style={{ marginInlineEnd: 8 }} onClick={() => onCategory(c.code)}>
              {nameOf(c.code)}
            </Button>
          ))}
        </p>
      )}
      {duplicates.length > 0 && (
        <div>
          <span className="soft">{t('可能已有人反映过', 'Perhaps reported already')}</span>
          <ul>
            {duplicates.slice(0, 3).map((d) => (
              <li key={d.id}>
                <Link to="/events/$id" params={{ id: d.id }} target="_blank">
                  {d.title}
                </Link>{' '}
                <span className="soft">{w(statusWords, d.status)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

/** A value once it has stood still for a moment. */
function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
