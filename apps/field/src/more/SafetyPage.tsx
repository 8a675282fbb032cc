import { useEffect, useState } from 'react'
import { endSafety, shareSafety } from '@fengge/domain/visits/contract/worker'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { usePhone } from '../offline/usePhone.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useDraft } from '../offline/useDraft.ts'
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

/** The share that runs, until it ends by itself or by its giver. */
function useShare() {
  const { now } = usePhone()
  const [share, setShare] = useState(() => read(now))
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
  const end = () =>
    doing.run(async () => {
      if (share) await call(endSafety, { requestId: freshId(), id: share.id })
      keep(null)
    })
  return { share, keep, end, doing }
}

/** On the page of today while it runs: where, until when, and back again by one tap. */
export function SafetyLine() {
  const { t } = useWords()
  const { share, end, doing } = useShare()
  if (!share) return null
  return (
    <div className="card notice-card" role="status">
      <strong>{t(`单独上门：${share.where}`, `Lone visit: ${share.where}`)}</strong>
      <div>{t(`${showTime(share.until)} 前报平安`, `back by ${showTime(share.until)}`)}</div>
      <ErrorNote error={doing.error} />
      <button className="button" disabled={doing.isBusy} onClick={end}>
        {t('已平安返回', 'I am back')}
      </button>
    </div>
  )
}

/** A lone visit shared by one's own choice: where, and back by when. No track; it ends by itself. */
export function SafetyPage() {
  const { t } = useWords()
  const { share, keep, end, doing } = useShare()
  const [where, setWhere] = useDraft('safety', '')
  const [minutes, setMinutes] = useState(30)
  const isCut = doing.error instanceof Refused && doing.error.problem.problem === 'network.down'
  return (
    <Frame title={t('单独上门报平安', 'Lone visit')} back="more">
      <p>
        {t(
          '自愿使用。只写去哪里、多久回来，不记录行走路线；到时间自动结束，没报平安值班员会看到。',
          'By your own choice. You say where and until when; no track is kept. It ends by itself, and the desk sees when nobody reported back.',
        )}
      </p>
      <ErrorNote error={doing.error} />
      {isCut && (
        <p className="notice">
          {t(
            '报平安需要信号，值班员才看得到。写的内容留着，到有信号的地方再点一次；也可以先打电话告诉社区。',
            'This needs a signal, or the desk sees nothing. What you wrote stays; try again with a signal, or ring the desk.',
          )}
        </p>
      )}
      {share ? (
        <>
          <p className="ok" role="status">
            {t(
              `在 ${share.where}，${showTime(share.until)} 前回来`,
              `At ${share.where}, back by ${showTime(share.until)}`,
            )}
          </p>
          <button className="button" disabled={doing.isBusy} onClick={end}>
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
              setWhere('')
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
