import { useState } from 'react'
import { shareSafety } from '@fengge/domain/visits/contract/worker'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { useDraft } from '../offline/useDraft.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { useShare } from './use-share.ts'
import { useMoreWords } from '../words/more.ts'

/** A lone visit shared by one's own choice: where, and back by when. No track; it ends by itself. */
export function SafetyPage() {
  const say = useMoreWords()
  const { share, keep, end, doing } = useShare()
  const [where, setWhere] = useDraft('safety', '')
  const [minutes, setMinutes] = useState(30)
  const isCut = doing.error instanceof Refused && doing.error.problem.problem === 'network.down'
  return (
    <Frame title={say.safety} back="more">
      <p>{say.byYourOwnChoice}</p>
      <ErrorNote error={doing.error} />
      {isCut && <p className="notice">{say.thisNeedsSignalDesk}</p>}
      {share ? (
        <>
          <p className="ok" role="status">
            {say.atBackBy(share.where, showTime(share.until))}
          </p>
          <button className="button" disabled={doing.isBusy} onClick={end}>
            {say.iAmBack}
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
          <label htmlFor="where">{say.where}</label>
          <input id="where" required value={where} onChange={(e) => setWhere(e.target.value)} maxLength={100} />
          <fieldset>
            <legend>{say.howLong}</legend>
            <div className="chips">
              {[15, 30, 60, 120].map((m) => (
                <button
                  type="button"
                  key={m}
                  className="small"
                  aria-pressed={m === minutes}
                  onClick={() => setMinutes(m)}
                >
                  {say.min(m)}
                </button>
              ))}
            </div>
          </fieldset>
          <button className="button" disabled={doing.isBusy}>
            {say.tellDesk}
          </button>
        </form>
      )}
    </Frame>
  )
}
