/** What stands before the pages: sign in, the PIN, another window, a wiped phone. */
import { useState } from 'react'
import type { Me } from '@fengge/domain/identity/contract'
import { Refused } from '@fengge/web/api/call.ts'
import { setLanguage, useWords } from '@fengge/web/words/language.ts'
import { usePhone } from '../offline/usePhone.ts'
import { useDoing } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from './Frame.tsx'
import { lacksFactor, Redeem, SignInFields, useCredentials } from './SignInFields.tsx'

export function LanguageButton() {
  const { language } = useWords()
  return (
    <button className="small" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
      {language === 'zh' ? 'English' : '中文'}
    </button>
  )
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
  const { t } = useWords()
  const words = {
    factor: t(
      '您的岗位须启用动态口令。请先在电脑上登录并启用，再用手机登录。',
      'Your post takes a second factor. Sign in at a desk and switch it on first, then sign in here.',
    ),
    post: t('您还没有任职，请联系安全管理员。', 'You have no post yet; please ask the security administrator.'),
    'not-here': t(
      '您还没有任职，或您的岗位不用手机办事，请联系安全管理员。',
      'You have no post yet, or one that has nothing to do on a phone; please ask the security administrator.',
    ),
    set: t('密码已设好，请登录', 'The password is set; please sign in'),
  }
  return (
    <p className="notice" role={said === 'set' ? 'status' : 'alert'}>
      {words[said]}
    </p>
  )
}

export function SignIn({ problem }: { problem: unknown }) {
  const { gate } = usePhone()
  const { t } = useWords()
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
    <main>
      <h1>{t('枫格网格员', 'Fengge field')}</h1>
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
          {t('登录', 'Sign in')}
        </button>
      </form>
      <button className="button plain" onClick={() => setRedeeming(true)}>
        {t('凭验证码设密码', 'Set a password with a code')}
      </button>
      <LanguageButton />
    </main>
  )
}

const isPin = (text: string) => /^\d{6}$/.test(text)
/** Six digits alike or in a row are the first that anybody tries. */
const isPlain = (pin: string) => /^(\d)\1{5}$/.test(pin) || '01234567890 9876543210'.includes(pin)

export function Locked() {
  const { vault, gate } = usePhone()
  const { t } = useWords()
  const [pin, setPin] = useState('')
  const [wrong, setWrong] = useState<'' | 'wrong' | 'gone'>('')
  const [isForgotten, setForgotten] = useState(false)
  const doing = useDoing()
  if (isForgotten || wrong === 'gone') return <Forgotten isGone={wrong === 'gone'} back={() => setForgotten(false)} />
  return (
    <main>
      <h1>{t('枫格网格员', 'Fengge field')}</h1>
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
            {t('口令不对。连续输错十次，须重新登录。', 'Wrong PIN. After ten wrong ones you have to sign in anew.')}
          </p>
        )}
        <label htmlFor="pin">{t('手机口令（6 位数字）', 'PIN (6 digits)')}</label>
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
          {t('打开', 'Open')}
        </button>
      </form>
      <button className="button plain" onClick={() => setForgotten(true)}>
        {t('忘记口令', 'Forgot the PIN')}
      </button>
      <LanguageButton />
    </main>
  )
}

function Forgotten({ isGone, back }: { isGone: boolean; readonly back: () => void }) {
  const { vault, gate } = usePhone()
  const { t } = useWords()
  const who = useCredentials()
  const [pin, setPin] = useState('')
  const doing = useDoing()
  return (
    <main>
      <h1>{t('忘记口令', 'Forgot the PIN')}</h1>
      <p>
        {isGone ? t('口令多次输错。', 'Too many wrong PINs. ') : ''}
        {t(
          '用账号密码登录并设新口令，未送出的内容不会丢。需要网络。',
          'Sign in and choose a new PIN; nothing unsent is lost. This needs a line.',
        )}
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
        <label htmlFor="pin">{t('新口令（6 位数字）', 'New PIN (6 digits)')}</label>
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
          {t('确定', 'Go on')}
        </button>
      </form>
      {!isGone && (
        <button className="button plain" onClick={back}>
          {t('返回', 'Back')}
        </button>
      )}
    </main>
  )
}

/** Chosen once, with a line; from then on everything works without. */
export function ChoosePin() {
  const { holdings, vault, gate } = usePhone()
  const { t } = useWords()
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const doing = useDoing()
  const [isDone, setDone] = useState(vault.state === 'open')
  if (vault.state === 'unsupported')
    return (
      <Frame title={t('离线使用', 'Without signal')} back="more">
        <p className="notice">
          {t(
            '当前网址不是 https，或浏览器不支持，不能离线使用。有网络时一切照常。',
            'This address is not https, or the browser lacks storage: no work without signal here. With a line everything works.',
          )}
        </p>
      </Frame>
    )
  return (
    <Frame title={t('离线使用', 'Without signal')} back="today">
      {isDone ? (
        <p className="ok" role="status">
          {t(
            '已设好。没有信号也能打开、查找、上报、走访；有信号时自动送出。',
            'Done. Everything opens and is kept without signal, and goes out by itself.',
          )}
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
          <p>
            {t(
              '设一个 6 位数字口令。以后每次打开输入它；手机丢了，别人打不开里面的信息。',
              'Choose six digits. They open the app each time; without them nobody reads what lies on a lost phone.',
            )}
          </p>
          <ErrorNote error={doing.error} />
          <label htmlFor="pin">{t('口令', 'PIN')}</label>
          <input
            id="pin"
            type="password"
            inputMode="numeric"
            maxLength={6}
            value={pin}
            onChange={(e) => setPin(e.target.value)}
            autoComplete="off"
          />
          {isPin(pin) && isPlain(pin) && (
            <p className="notice">{t('太容易被猜到，换一个。', 'Too easily guessed; take another.')}</p>
          )}
          <label htmlFor="again">{t('再输一次', 'Once more')}</label>
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
            {t('设好', 'Set it')}
          </button>
        </form>
      )}
      {holdings.left.length > 0 && (
        <p className="soft">{t(`近期移出 ${holdings.left.length} 条`, `${holdings.left.length} left lately`)}</p>
      )}
    </Frame>
  )
}

export function Elsewhere() {
  const { gate } = usePhone()
  const { t } = useWords()
  return (
    <main>
      <h1>{t('已在另一个窗口打开', 'Open in another window')}</h1>
      <p>{t('为免重复，同一时间只在一个窗口里用。', 'To do nothing twice, one window at a time.')}</p>
      <button className="button" onClick={() => void gate.start(true)}>
        {t('在这里用', 'Use it here')}
      </button>
    </main>
  )
}
/** Nothing goes unasked: what could not be handed in is lost only if whoever holds the phone says so. */
export function ToBeWiped() {
  const { gate } = usePhone()
  const { t } = useWords()
  const [isAsked, setAsked] = useState(false)
  const doing = useDoing()
  return (
    <main>
      <h1>{t('这部手机要清除', 'This phone is to be wiped')}</h1>
      <p>
        {t(
          '手机里可能还有没送出的内容和照片，刚才没能交回中心。现在仍加密存着，谁也打不开。请到有网络的地方再试。',
          'What was not sent yet, photos too, could not be handed in just now. It lies sealed here and nobody can open it. Try again where there is a line.',
        )}
      </p>
      <ErrorNote error={doing.error} />
      <button className="button" disabled={doing.isBusy} onClick={() => doing.run(gate.handInAgain)}>
        {t('再交一次', 'Hand in again')}
      </button>
      {isAsked ? (
        <>
          <p className="due" role="alert">
            {t(
              '清除后，没送出的上报、走访和照片就没有了，找不回来。确定吗？',
              'Reports, visits and photos that were not sent are lost for good. Are you sure?',
            )}
          </p>
          <button className="button warn" disabled={doing.isBusy} onClick={() => doing.run(gate.giveUp)}>
            {t('不交了，全部清除', 'Wipe it all, unsent')}
          </button>
          <button className="button plain" onClick={() => setAsked(false)}>
            {t('先留着', 'Keep it for now')}
          </button>
        </>
      ) : (
        <button className="button plain" onClick={() => setAsked(true)}>
          {t('交不了，直接清除', 'Wipe without handing in')}
        </button>
      )}
      <LanguageButton />
    </main>
  )
}
export function Wiped() {
  const { t } = useWords()
  return (
    <main>
      <h1>{t('这部手机已清除', 'This phone was wiped')}</h1>
      <p>{t('手机上的数据已经清除。需要继续使用请重新登录。', 'What lay on this phone is gone. Sign in to go on.')}</p>
      <button className="button" onClick={() => location.reload()}>
        {t('重新登录', 'Sign in')}
      </button>
    </main>
  )
}
