/** Who signs in on a phone: login, password, and the code of a second factor once it is asked for. */
import { useState } from 'react'
import { redeemCode } from '@fengge/domain/identity/contract/accounts'
import { signIn, type Me } from '@fengge/domain/identity/contract'
import { call, Refused } from '@fengge/web/api/call.ts'
import { useDoing } from '../offline/useAsk.ts'
import { ErrorNote } from './Frame.tsx'
import { useGatesWords } from '../words/gates/gates.ts'

export interface Credentials {
  readonly login: string
  readonly password: string
  readonly code: string
  readonly needsCode: boolean
  readonly change: (more: { readonly login?: string; readonly password?: string; readonly code?: string }) => void
  /** Signs in; once the code is asked for, there is a field for it. */
  readonly enter: () => Promise<Me>
}

export function useCredentials(): Credentials {
  const [given, setGiven] = useState({ login: '', password: '', code: '' })
  const [needsCode, setNeedsCode] = useState(false)
  const { login, password, code } = given
  return {
    ...given,
    needsCode,
    change: (more) => setGiven({ ...given, ...more }),
    enter: async () => {
      try {
        return await call(signIn, { login, password, device: 'field', ...(code === '' ? {} : { code }) })
      } catch (error) {
        if (error instanceof Refused && error.problem.problem === 'sign-in.code-needed') setNeedsCode(true)
        throw error
      }
    },
  }
}

export function SignInFields({ who }: { readonly who: Credentials }) {
  const say = useGatesWords()
  return (
    <>
      <label htmlFor="login">{say.login}</label>
      <input
        id="login"
        value={who.login}
        onChange={(e) => who.change({ login: e.target.value })}
        autoComplete="username"
        autoCapitalize="none"
        required
      />
      <label htmlFor="password">{say.password}</label>
      <input
        id="password"
        type="password"
        value={who.password}
        onChange={(e) => who.change({ password: e.target.value })}
        autoComplete="current-password"
        required
      />
      {who.needsCode && (
        <>
          <label htmlFor="code">{say.oneTimeCode}</label>
          <input
            id="code"
            inputMode="numeric"
            maxLength={6}
            value={who.code}
            onChange={(e) => who.change({ code: e.target.value })}
            autoComplete="one-time-code"
            required
          />
        </>
      )}
    </>
  )
}

/** Whether somebody's post gives no right here before he has switched a second factor on at a desk. */
export const lacksFactor = (me: Me): boolean =>
  me.needsSecondFactor &&
  !me.hasSecondFactor &&
  !me.duties.includes('event.report') &&
  !me.duties.includes('registry.read')

/** Sets a password with both halves of a code: for a new account, and after a reset. */
export function Redeem({ back, done }: { readonly back: () => void; readonly done: () => void }) {
  const say = useGatesWords()
  const [given, setGiven] = useState({ login: '', first: '', second: '', fresh: '' })
  const doing = useDoing()
  const fields = [
    ['login', say.login, 'text', 'username'],
    ['first', say.firstHalf, 'text', 'off'],
    ['second', say.secondHalf, 'text', 'off'],
    ['fresh', say.newPassword, 'password', 'new-password'],
  ] as const
  return (
    <main>
      <h1>{say.passwordByCode}</h1>
      <p>{say.twoHalves}</p>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          doing.run(async () => {
            await call(redeemCode, given)
            done()
          })
        }}
      >
        <ErrorNote error={doing.error} />
        {fields.map(([name, label, type, autoComplete]) => (
          <div key={name}>
            <label htmlFor={name}>{label}</label>
            <input
              id={name}
              type={type}
              value={given[name]}
              onChange={(e) => setGiven({ ...given, [name]: e.target.value })}
              autoComplete={autoComplete}
              autoCapitalize="none"
              required
            />
          </div>
        ))}
        <button className="button" disabled={doing.isBusy}>
          {say.setPassword}
        </button>
      </form>
      <button className="button plain" onClick={back}>
        {say.back}
      </button>
    </main>
  )
}
