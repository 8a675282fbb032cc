import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Form } from 'antd'
import { suggestForReport } from '@fengge/domain/events/contract/desk'
import { call } from '@fengge/web/api/call.ts'
import { Button } from '@fengge/web/ui/Button/Button.tsx'
import { Panel } from '@fengge/web/ui/Panel/Panel.tsx'
import { State } from '@fengge/web/ui/State/State.tsx'
import { useSettled } from '@fengge/web/ui/useSettled.ts'
import { useReportWords } from './words/report.ts'
import { useCategoryName } from '../view/Facts.tsx'

/** While one types: which category it may be, taken by a click, and what may be the same matter. */
export function ReportHints({ onCategory }: { readonly onCategory: (code: string) => void }) {
  const say = useReportWords()
  const nameOf = useCategoryName()
  const title = Form.useWatch<string | undefined>('title') ?? ''
  const content = Form.useWatch<string | undefined>('content') ?? ''
  const text = useSettled(`${title} ${content}`.trim().slice(0, 1000), 600)
  const hints = useQuery({
    queryKey: ['report-hints', text],
    queryFn: () => call(suggestForReport, { text }),
    enabled: text.length >= 4,
    placeholderData: (before) => before,
  })
  const { categories = [], duplicates = [] } = text.length < 4 ? {} : (hints.data ?? {})
  const isNothing = categories.length + duplicates.length === 0
  return (
    <Panel title={say.hints}>
      {isNothing && <p className="ev-calm">{say.hintsComing}</p>}
      {categories.length > 0 && (
        <div className="report-hint">
          <span className="ev-note">{say.maybeCategory}</span>
          {categories.slice(0, 3).map((c) => (
            <Button key={c.code} size="small" onClick={() => onCategory(c.code)}>
              {nameOf(c.code).replace(/^\d{4} /, '')}
            </Button>
          ))}
        </div>
      )}
      {duplicates.length > 0 && (
        <div className="report-hint">
          <span className="ev-note">{say.maybeKnown}</span>
          <ul className="ev-related">
            {duplicates.slice(0, 3).map((d) => (
              <li key={d.id}>
                <Link to="/events/$id" params={{ id: d.id }} target="_blank">
                  {d.title}
                </Link>
                <State status={d.status} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  )
}
