import { useWords } from '@fengge/web/words/language.ts'
import { usePhone } from '../offline/usePhone.ts'

/** Whose phone it is, and in which posts. */
export function Me() {
  const { holdings } = usePhone()
  const { language } = useWords()
  const { me } = holdings
  if (!me) return null
  return (
    <div className="card me">
      <span className="face" aria-hidden>
        {Array.from(me.name)[0]}
      </span>
      <span>
        <strong>{me.name}</strong>
        {me.postings.map((p) => (
          <span key={p.id} className="soft">
            <br />
            {language === 'zh' ? p.roleName : p.roleNameEn} · {p.placeName}
          </span>
        ))}
      </span>
    </div>
  )
}
