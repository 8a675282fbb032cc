import { useState } from 'react'
import { signOut } from '@fengge/domain/identity/contract'
import { call } from '@fengge/web/api/call.ts'
import { usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'
import { LanguageButton } from '../shell/Gates.tsx'
import { isElder, setElder, setSize, sizeNow, sizes } from '../shell/version.ts'
import { useMoreWords } from '../words/more.ts'
import { Me } from './Me.tsx'
import './outbox.css'

export function Settings() {
  const { vault, gate } = usePhone()
  const say = useMoreWords()
  const [budget, setBudget] = useState(localStorage.getItem('fengge.budget') ?? '240')
  return (
    <Frame title={say.settings} back="more">
      <Me />
      <Sizes />
      <button className="button plain" aria-pressed={isElder()} onClick={() => setElder(!isElder())}>
        {isElder() ? say.standard : say.elder}
      </button>
      {!isElder() && (
        <>
          <label htmlFor="budget">{say.budget}</label>
          <select
            id="budget"
            value={budget}
            onChange={(e) => {
              localStorage.setItem('fengge.budget', e.target.value)
              setBudget(e.target.value)
            }}
          >
            {[60, 120, 180, 240, 300, 360].map((m) => (
              <option key={m} value={m}>
                {say.upTo(m / 60)}
              </option>
            ))}
          </select>
        </>
      )}
      <h2>{say.language}</h2>
      <LanguageButton />
      {vault.state === 'open' && (
        <button className="button quiet" onClick={gate.lock}>
          {say.lock}
        </button>
      )}
      <button
        className="button warn"
        onClick={() =>
          void call(signOut, {})
            .catch(() => undefined)
            .then(gate.leave)
        }
      >
        {say.signOut}
      </button>
    </Frame>
  )
}

/** How large letters are: each choice is written in its own size. */
export function Sizes() {
  const say = useMoreWords()
  const [size, setShown] = useState(sizeNow)
  const names = say.sizes.split(',')
  return (
    <fieldset>
      <legend>{say.size}</legend>
      <div className="size-row">
        {sizes().map((s, i) => (
          <button
            key={s}
            type="button"
            aria-pressed={s === size}
            onClick={() => {
              setSize(s)
              setShown(s)
            }}
          >
            {names[i]}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
