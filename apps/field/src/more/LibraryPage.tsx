import { useState } from 'react'
import { findArticles } from '@fengge/domain/library/find'
import { articleKindWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { readAloud } from '../day/read-aloud.ts'
import { SpeakInto } from '../day/SpeakInto.tsx'
import { usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'
import { useMoreWords } from '../words/more.ts'

/** Ask and find, without signal: how-to, policy, templates, each with its source and until when it holds. */
export function LibraryPage() {
  const { holdings } = usePhone()
  const { w, language } = useWords()
  const say = useMoreWords()
  const [text, setText] = useState('')
  const found = findArticles(holdings.config?.articles ?? [], text)
  return (
    <Frame title={say.library} back="more">
      <label htmlFor="ask">{say.whatDoYouWant}</label>
      <input
        id="ask"
        value={text}
        onChange={(e) => setText(e.target.value)}
        placeholder={say.forExampleNobodyAt}
        enterKeyHint="search"
      />
      <SpeakInto onText={(more) => setText(more)} />
      {found.length === 0 && <p className="card soft">{say.nothingFoundPutOther}</p>}
      {found.slice(0, 30).map((a) => (
        <details className="card" key={a.id}>
          <summary>
            <strong>{a.title}</strong> <span className="tag">{w(articleKindWords, a.kind)}</span>
          </summary>
          <p className="text">{a.body}</p>
          <p className="soft">
            {say.source}：{a.source}
            {a.sourceUrl !== '' && (
              <>
                {' '}
                <a href={a.sourceUrl} rel="noreferrer">
                  {say.original}
                </a>
              </>
            )}
            {a.owner && ` · ${a.owner}`}
            <br />
            {say.valid}：{a.validFrom} — {a.validTo ?? say.open}
          </p>
          {'speechSynthesis' in window && (
            <button className="small" onClick={() => readAloud(`${a.title}。${a.body}`, language)}>
              {say.readMe}
            </button>
          )}
        </details>
      ))}
    </Frame>
  )
}
