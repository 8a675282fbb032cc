/** What stands before the pages: sign in, the PIN, another window, a wiped phone. */
import { useState, type ReactNode } from 'react'
import type { Me } from '@fengge/domain/identity/contract'
import { Refused } from '@fengge/web/api/call.ts'
import { setLanguage, useWords } from '@fengge/web/words/language.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { useDoing } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from './Frame.tsx'
import './gates.css'
import { isElder, setElder } from './version.ts'
import { lacksFactor, Redeem, SignInFields, useCredentials } from './SignInFields.tsx'
import { useGatesWords } from '../words/gates/gates.ts'

export function LanguageButton() {
  const { language } = useWords()
  return (
    <button className="small" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
      {language === 'zh' ? 'English' : '中文'}
    </button>
  )
}

/** A page before the pages: whose program it is, and the one thing it asks. */
export function GateFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className="gate">
      <img src="/field/icon.svg" alt="" width="64" height="64" />
      <h1>{title}</h1>
      {children}
    </main>
  )
}

/** Whatever stands before the pages now. */
export function Gate() {
  const { gate, problem } = useField()
  switch (gate) {
    case 'locked':
      return <Locked />
    case 'elsewhere':
      return <Elsewhere />
    case 'to-be-wiped':
      return <ToBeWiped />
    case 'wiped':
      return <Wiped />
    default:
      return <SignIn problem={problem} />
  }
}

/** What is said above the fields: why somebody cannot go on here, or that his password is set. */
type Said = '' | 'factor' | 'post' | 'not-here' | 'set'

function lackOf(me: Me): Said {
  if (lacksFactor(me)) return 'factor'
  return me.postings.length === 0 ? 'post' : ''
}

/** What went wrong comes first; who is signed in and may nothing here is told so. */
function noteOf(wrong: unknown, said: Said): Said {
  if (wrong instanceof Refused && wrong.problem.problem === 'not-allowed') return 'not-here'
  return wrong ? '' : said
}

function SaidNote({ said }: { readonly said: Exclude<Said, ''> }) {
  const say = useGatesWords()
  const words = {
    factor: say.needsFactor,
    post: say.noPost,
    'not-here': say.notHere,
    set: say.passwordSet,
  }
  return (
    <p className="notice" role={said === 'set' ? 'status' : 'alert'}>
      {words[said]}
    </p>
  )
}

export function SignIn({ problem }: { problem: unknown }) {
  const { gate } = usePhone()
  const say = useGatesWords()
  const who = useCredentials()
  const doing = useDoing()
  const [said, setSaid] = useState<Said>('')
  const [isRedeeming, setRedeeming] = useState(false)
  const wrong = doing.error ?? (said === '' ? problem : null)
  const note = noteOf(wrong, said)
  if (isRedeeming)
    return (
      <Redeem
        back={() => setRedeeming(false)}
        done={() => {
          doing.clear()
          setSaid('set')
          setRedeeming(false)
        }}
      />
    )
  return (
    <GateFrame title={say.program}>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          doing.run(async () => {
            const me = await who.enter()
            const lack = lackOf(me)
            setSaid(lack)
            if (lack !== '') return
            await gate.signedIn(me.accountId)
            // Whoever came here from within the program is in again.
            if (location.hash.startsWith('#more/sign-in')) location.hash = 'today'
          })
        }}
      >
        {note === '' ? <ErrorNote error={wrong} /> : <SaidNote said={note} />}
        <SignInFields who={who} />
        <button className="button" disabled={doing.isBusy}>
          {say.signIn}
        </button>
      </form>
      <button className="button plain" onClick={() => setRedeeming(true)}>
        {say.passwordByCode}
      </button>
      <div className="chips">
        <button className="small" aria-pressed={isElder()} onClick={() => setElder(!isElder())}>
          {isElder() ? say.standardVersion : say.elderVersion}
        </button>
        <LanguageButton />
      </div>
    </GateFrame>
  )
}

const isPin = (text: string) => /^\d{6}$/.test(text)
/** Six digits alike or in a row are the first that anybody tries. */
const isPlain = (pin: string) => /^(\d)\1{5}$/.test(pin) || '01234567890 9876543210'.includes(pin)

function Locked() {
  const { vault, gate } = usePhone()
  const say = useGatesWords()
  const [pin, setPin] = useState('')
  const [wrong, setWrong] = useState<'' | 'wrong' | 'gone'>('')
  const [isForgotten, setForgotten] = useState(false)
  const doing = useDoing()
  if (isForgotten || wrong === 'gone') return <Forgotten isGone={wrong === 'gone'} back={() => setForgotten(false)} />
  return (
    <GateFrame title={say.program}>
      <p>{vault.device?.holder}</p>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          doing.run(async () => {
            const done = await gate.unlock(pin)
            setPin('')
            setWrong(done === 'open' ? '' : done)
          })
        }}
      >
        {wrong === 'wrong' && (
          <p className="error" role="alert">
            {say.wrongPin}
          </p>
        )}
        <label htmlFor="pin">{say.pinDigits}</label>
        <input
          id="pin"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          value={pin}
          onChange={(e) => setPin(e.target.value)}
          autoFocus
        />
        <button className="button" disabled={doing.isBusy || !isPin(pin)}>
          {say.openIt}
        </button>
      </form>
      <button className="button plain" onClick={() => setForgotten(true)}>
        {say.forgotPin}
      </button>
      <LanguageButton />
    </GateFrame>
  )
}

function Forgotten({ isGone, back }: { isGone: boolean; readonly back: () => void }) {
  const { vault, gate } = usePhone()
  const say = useGatesWords()
  const who = useCredentials()
  const [pin, setPin] = useState('')
  const doing = useDoing()
  return (
    <GateFrame title={say.forgotPin}>
      <p>
        {isGone ? say.tooManyWrongPins : ''}
        {say.newPinNote}
      </p>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          doing.run(async () => {
            const me = await who.enter()
            if (me.accountId === vault.device?.accountId) await gate.renewPin(pin)
            else await gate.signedIn(me.accountId)
          })
        }}
      >
        <ErrorNote error={doing.error} />
        <SignInFields who={who} />
        <label htmlFor="pin">{say.newPinDigits}</label>
        <input
          id="pin"
          type="password"
          inputMode="numeric"
          maxLength={6}
          value={pin}
          onChange={(e) => setPin(e.target.value)}
          autoComplete="off"
          required
        />
        <button className="button" disabled={doing.isBusy || !isPin(pin) || isPlain(pin)}>
          {say.goOn}
        </button>
      </form>
      {!isGone && (
        <button className="button plain" onClick={back}>
          {say.back}
        </button>
      )}
    </GateFrame>
  )
}

/** Chosen once, with a line; from then on everything works without. */
export function ChoosePin() {
  const { holdings, vault, gate } = usePhone()
  const say = useGatesWords()
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const doing = useDoing()
  const [isDone, setDone] = useState(vault.state === 'open')
  if (vault.state === 'unsupported')
    return (
      <Frame title={say.withoutSignal} back="more">
        <p className="notice">{say.noOffline}</p>
      </Frame>
    )
  return (
    <Frame title={say.withoutSignal} back="today">
      {isDone ? (
        <p className="ok" role="status">
          {say.pinDone}
        </p>
      ) : (
        <form
          onSubmit={(e) => {
            e.preventDefault()
            doing.run(async () => {
              await gate.choosePin(pin)
              setDone(true)
            })
          }}
        >
          <p>{say.pinNote}</p>
          <ErrorNote error={doing.error} />
          <label htmlFor="pin">{say.pin}</label>
          <input
            id="pin"
            type="password"
            inputMode="numeric"
            maxLength={6}
            value={pin}
            onChange={(e) => setPin(e.target.value)}
            autoComplete="off"
          />
          {isPin(pin) && isPlain(pin) && <p className="notice">{say.tooPlain}</p>}
          <label htmlFor="again">{say.onceMore}</label>
          <input
            id="again"
            type="password"
            inputMode="numeric"
            maxLength={6}
            value={again}
            onChange={(e) => setAgain(e.target.value)}
            autoComplete="off"
          />
          <button className="button" disabled={doing.isBusy || !isPin(pin) || isPlain(pin) || pin !== again}>
            {say.setIt}
          </button>
        </form>
      )}
      {holdings.left.length > 0 && <p className="soft">{say.leftLately(holdings.left.length)}</p>}
    </Frame>
  )
}

function Elsewhere() {
  const { gate } = usePhone()
  const say = useGatesWords()
  return (
    <GateFrame title={say.openElsewhere}>
      <p>{say.oneWindow}</p>
      <button className="button" onClick={() => void gate.start(true)}>
        {say.useHere}
      </button>
    </GateFrame>
  )
}
/** Nothing goes unasked: what could not be handed in is lost only if whoever holds the phone says so. */
function ToBeWiped() {
  const { gate } = usePhone()
  const say = useGatesWords()
  const [isAsked, setAsked] = useState(false)
  const doing = useDoing()
  return (
    <GateFrame title={say.toBeWiped}>
      <p>{say.toBeWipedNote}</p>
      <ErrorNote error={doing.error} />
      <button className="button" disabled={doing.isBusy} onClick={() => doing.run(gate.handInAgain)}>
        {say.handInAgain}
      </button>
      {isAsked ? (
        <>
          <p className="due" role="alert">
            {say.sureToWipe}
          </p>
          <button className="button warn" disabled={doing.isBusy} onClick={() => doing.run(gate.giveUp)}>
            {say.wipeAllUnsent}
          </button>
          <button className="button plain" onClick={() => setAsked(false)}>
            {say.keepForNow}
          </button>
        </>
      ) : (
        <button className="button plain" onClick={() => setAsked(true)}>
          {say.wipeUnsent}
        </button>
      )}
      <LanguageButton />
    </GateFrame>
  )
}
function Wiped() {
  const say = useGatesWords()
  return (
    <GateFrame title={say.wiped}>
      <p>{say.wipedNote}</p>
      <button className="button" onClick={() => location.reload()}>
        {say.signInAgain}
      </button>
    </GateFrame>
  )
}
