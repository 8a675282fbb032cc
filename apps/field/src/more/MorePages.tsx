import { showInstant } from '@fengge/domain/kernel/time'
import { useState, type ReactNode } from 'react'
import { signOut } from '@fengge/domain/identity/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { isElder, setElder } from '../shell/version.ts'
import { Frame } from '../shell/Frame.tsx'
import { ChoosePin, LanguageButton, SignIn } from '../shell/Gates.tsx'
import { AnswerAct } from '../registry/AskedBack.tsx'
import { MendRecord } from '../registry/MendRecord.tsx'
import { ArrivalsPage } from './ArrivalsPage.tsx'
import { BadgePage } from './BadgePage.tsx'
import { LibraryPage } from './LibraryPage.tsx'
import { OutboxPage } from './OutboxPage.tsx'
import { SafetyPage } from './SafetyPage.tsx'
import { ServicesPage } from './ServicesPage.tsx'
import { WeekPage } from './WeekPage.tsx'

/** Pages by name; some are about something. */
const pages: Readonly<Record<string, (id: string | undefined) => ReactNode>> = {
  pin: () => <ChoosePin />,
  outbox: () => <OutboxPage />,
  mend: (id = '') => <MendRecord key={id} requestId={id} />,
  answer: (id = '') => <AnswerAct key={id} requestId={id} />,
  week: () => <WeekPage />,
  arrivals: () => <ArrivalsPage />,
  services: () => <ServicesPage house={undefined} />,
  service: (id) => <ServicesPage house={id} />,
  library: () => <LibraryPage />,
  safety: () => <SafetyPage />,
  badge: () => <BadgePage />,
  'sign-in': () => <SignIn problem={null} />,
  settings: () => <Settings />,
}

export function MorePages({ at }: { at: string }) {
  const { holdings, outbox, vault } = usePhone()
  const { t } = useWords()
  const field = useField()
  const [page, id] = at.split('.')
  const open = pages[page ?? '']
  if (open) return open(id)
  const waiting = outbox.list().filter((k) => k.state !== 'done').length
  const links: [string, string][] = [
    ['outbox', `${t('待发', 'Outbox')}${waiting > 0 ? ` ${waiting}` : ''}`],
    ['week', t('工作周志', 'Week log')],
    ['services', t('代办事项', 'Services by proxy')],
    ['arrivals', t('迁入核实', 'Moved in')],
    ['library', t('查做法、查政策', 'How-to and policy')],
    ['safety', t('单独上门报平安', 'Lone visit')],
    ['badge', t('我的工作证', 'My badge')],
    [
      'pin',
      vault.state === 'open'
        ? t('离线使用（已开启）', 'Without signal (on)')
        : t('离线使用（未开启）', 'Without signal (off)'),
    ],
    ['settings', t('设置', 'Settings')],
  ]
  return (
    <Frame title={t('更多', 'More')}>
      {links.map(([to, name]) => (
        <a className="card row-link" key={to} href={`#more/${to}`}>
          {name}
        </a>
      ))}
      <p className="soft">
        {t('数据更新于', 'Data of')} {holdings.pulledAt === 0 ? '—' : showInstant(holdings.pulledAt)}
        {field.fault !== '' ? ` · ${field.fault}` : ''}
      </p>
    </Frame>
  )
}

const sizes = ['18px', '21px', '24px', '27px', '30px']
function Settings() {
  const { holdings, vault, gate } = usePhone()
  const { t } = useWords()
  const me = holdings.me
  const [size, setSize] = useState(localStorage.getItem('fengge.size') ?? (isElder() ? '24px' : '18px'))
  const [budget, setBudget] = useState(localStorage.getItem('fengge.budget') ?? '240')
  const grow = (to: string) => {
    localStorage.setItem('fengge.size', to)
    document.documentElement.style.setProperty('--size', to)
    setSize(to)
  }
  return (
    <Frame title={t('设置', 'Settings')} back="more">
      <p className="card">
        <strong>{me?.name}</strong>
        {me?.postings.map((p) => (
          <span key={p.id}>
            <br />
            {t(p.roleName, p.roleNameEn)} · {p.officeName}
          </span>
        ))}
      </p>
      <button className="button plain" aria-pressed={isElder()} onClick={() => setElder(!isElder())}>
        {isElder() ? t('用标准版', 'Standard version') : t('用长辈版', 'Elder version')}
      </button>
      <fieldset>
        <legend>{t('字号', 'Text size')}</legend>
        <div className="chips">
          {sizes.map((s, i) => (
            <button key={s} className="small" aria-pressed={s === size} onClick={() => grow(s)} style={{ fontSize: s }}>
              {t(['小', '中', '大', '特大', '最大'][i]!, ['S', 'M', 'L', 'XL', 'XXL'][i]!)}
            </button>
          ))}
        </div>
      </fieldset>
      <label htmlFor="budget">{t('每天走访安排', 'Visits a day')}</label>
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
            {t(`${m / 60} 小时以内`, `up to ${m / 60} h`)}
          </option>
        ))}
      </select>
      <p>
        <LanguageButton />
      </p>
      {vault.state === 'open' && (
        <button className="button plain" onClick={gate.lock}>
          {t('锁上', 'Lock')}
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
        {t('退出登录', 'Sign out')}
      </button>
    </Frame>
  )
}
