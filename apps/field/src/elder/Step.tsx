import type { ReactNode } from 'react'
import { useWords } from '@fengge/web/words/language.ts'
import { readAloud } from '../day/read-aloud.ts'

/** A page with one question, read aloud on demand, and a way home. */
export function Step({ title, children, isHome = false }: { title: string; children: ReactNode; isHome?: boolean }) {
  const { t, language } = useWords()
  return (
    <main className="elder-page">
      <div className="elder-top">
        {!isHome && (
          <button
            className="small"
            onClick={() => {
              location.hash = ''
            }}
          >
            {t('回首页', 'Home')}
          </button>
        )}
        {'speechSynthesis' in window && (
          <button
            className="small"
            onClick={() => readAloud(`${title}。${document.querySelector('main')?.innerText ?? ''}`, language)}
          >
            {t('读给我听', 'Read to me')}
          </button>
        )}
      </div>
      <h1>{title}</h1>
      {children}
    </main>
  )
}
