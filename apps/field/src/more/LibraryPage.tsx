import { useState } from 'react'
import { findArticles } from '@fengge/domain/library/find'
import { articleKindWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { readAloud } from '../day/read-aloud.ts'
import { SpeakInto } from '../day/SpeakInto.tsx'
import { usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'

/** Ask and find, without signal: how-to, policy, templates, each with its source and until when it holds. */
export function LibraryPage() {
  const { holdings } = usePhone()
  const { t, w, language } = useWords()
  const [text, setText] = useState('')
  const found = findArticles(holdings.config?.articles ?? [], text)
  return (
    <Frame title={t('查做法、查政策', 'How-to and policy')} back="more">
      <label htmlFor="ask">{t('想问什么', 'What do you want to know')}</label>
      <input
        id="ask"
        value={text}
        onChange={(e) => setText(e.target.value)}
        placeholder={t('例如：敲门没人怎么办', 'For example: nobody at home')}
        enterKeyHint="search"
      />
      <SpeakInto onText={(more) => setText(more)} />
      {found.length === 0 && (
        <p className="card soft">
          {t('没有找到。换个说法试试，或者问社区值班员。', 'Nothing found. Put it in other words, or ask the desk.')}
        </p>
      )}
      {found.slice(0, 30).map((a) => (
        <details className="card" key={a.id}>
          <summary>
            <strong>{a.title}</strong> <span className="tag">{w(articleKindWords, a.kind)}</span>
          </summary>
          <p className="text">{a.body}</p>
          <p className="soft">
            {t('来源', 'Source')}：{a.source}
            {a.sourceUrl !== '' && (
              <>
                {' '}
                <a href={a.sourceUrl} rel="noreferrer">
                  {t('原文', 'Original')}
                </a>
              </>
            )}
            {a.owner && ` · ${a.owner}`}
            <br />
            {t('有效', 'Valid')}：{a.validFrom} — {a.validTo ?? t('长期', 'open')}
          </p>
          {'speechSynthesis' in window && (
            <button className="small" onClick={() => readAloud(`${a.title}。${a.body}`, language)}>
              {t('读给我听', 'Read it to me')}
            </button>
          )}
        </details>
      ))}
    </Frame>
  )
}
