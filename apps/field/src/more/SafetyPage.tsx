import { useEffect, useState } from 'react'
import { endSafety, shareSafety } from '@fengge/domain/visits/contract/worker'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { usePhone } from '../offline/usePhone.ts'
import { useDoing } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'

type Share = { id: string; until: string; where: string }
const read = (now: () => number): Share | null => {
  try {
    const s = JSON.parse(localStorage.getItem('fengge.safety') ?? 'null') as Share | null
    return s && Date.parse(s.until) > now() ? s : null
  } catch {
    return null
  }
}

/** A lone visit shared by one's own choice: where, and back by when. No track; it ends by itself. */
export function SafetyPage() {
  const { now } = usePhone()
  const { t } = useWords()
  const [share, setShare] = useState(() => read(now))
  const [where, setWhere] = useState('')
  const [minutes, setMinutes] = useState(30)
  const doing = useDoing()
  useEffect(() => {
    if (!share) return
    const timer = setTimeout(() => setShare(null), Date.parse(share.until) - now())
    return () => clearTimeout(timer)
  }, [share, now])
  const keep = (s: Share | null) => {
    localStorage.setItem('fengge.safety', JSON.stringify(s))
    setShare(s)
  }
  return (
    <Frame title={t('单独上门报平安', 'Lone visit')} back="more">
      <p>
        {t(
          '自愿使用。只写去哪里、多久回来，不记录行走路线；到时间自动结束，没报平安值班员会看到。',
          'By your own choice. You say where and until when; no track is kept. It ends by itself, and the desk sees when nobody reported back.',
        )}
      </p>
      <ErrorNote error={doing.error} />
      {share ? (
        <>
          <p className="ok" role="status">
            {t(
              `在 ${share.where}，${showTime(share.until)} 前回来`,
              `At ${share.where}, back by ${showTime(share.until)}`,
            )}
          </p>
          <button
            className="button"
            disabled={doing.isBusy}
            onClick={() =>
              doing.run(async () => {
                await call(endSafety, { requestId: freshId(), id: share.id })
                keep(null)
              })
            }
          >
            {t('已平安返回', 'I am back')}
          </button>
        </>
      ) : (
        <form
          onSubmit={(e) => {
            e.preventDefault()
            doing.run(async () => {
              const id = freshId()
              const { until } = await call(shareSafety, { requestId: freshId(), id, where, minutes })
              keep({ id, until, where })
            })
          }}
        >
          <label htmlFor="where">{t('去哪里', 'Where to')}</label>
          <input id="where" required value={where} onChange={(e) => setWhere(e.target.value)} maxLength={100} />
          <fieldset>
            <legend>{t('多久', 'How long')}</legend>
            <div className="chips">
              {[15, 30, 60, 120].map((m) => (
                <button
                  type="button"
                  key={m}
                  className="small"
                  aria-pressed={m === minutes}
                  onClick={() => setMinutes(m)}
                >
                  {t(`${m} 分钟`, `${m} min`)}
                </button>
              ))}
            </div>
          </fieldset>
          <button className="button" disabled={doing.isBusy}>
            {t('告诉值班员', 'Tell the desk')}
          </button>
        </form>
      )}
    </Frame>
  )
}
