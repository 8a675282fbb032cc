import type { ReactNode } from 'react'
import { useWords } from '@fengge/web/words/language.ts'

/** A page with its title and, where one came from somewhere, the way back. */
export function Frame({
  title,
  back,
  extra,
  children,
}: {
  title: string
  back?: string
  extra?: ReactNode
  children: ReactNode
}) {
  const { t } = useWords()
  return (
    <>
      <header className="top">
        {back !== undefined && (
          <button
            className="small"
            onClick={() => {
              location.hash = back
            }}
          >
            {t('返回', 'Back')}
          </button>
        )}
        <h1>{title}</h1>
        {extra ?? <span />}
      </header>
      <main>{children}</main>
    </>
  )
}
export const ErrorNote = ({ error }: { error: unknown }) => {
  const { fault } = useWords()
  return error ? (
    <p className="error" role="alert">
      {fault(error)}
    </p>
  ) : null
}
