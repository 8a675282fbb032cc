import { useRouter } from '@tanstack/react-router'
import { CircleHelp, Search } from 'lucide-react'
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import type { Me } from '@fengge/domain/identity/contract'
import { Kbd } from '@fengge/web/ui/Kbd/Kbd.tsx'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { shellSayings } from '../../words/shell.ts'
import { useKeys, type Keys } from '../keys/useKeys.ts'
import { loadPart } from '../reaching.ts'
import { pagesFor, type PageName } from './pages.ts'

const Finder = lazy(() => loadPart(async () => ({ default: (await import('../finder/Finder.tsx')).Finder })))
const KeysHelp = lazy(() => loadPart(async () => ({ default: (await import('../keys/KeysHelp.tsx')).KeysHelp })))

/** Two keys in a row lead to a page. */
const goKeys: readonly (readonly [string, PageName])[] = [
  ['G H', 'home'],
  ['G E', 'events'],
  ['G D', 'dispatch'],
  ['G R', 'registry'],
  ['G V', 'work'],
  ['G W', 'places'],
]

/** Opens on Ctrl K, also from within a field. */
function useCtrlK(open: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      open()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [open])
}

function useGoKeys(me: Me, askKeys: () => void): void {
  const words = useSayings(shellSayings)
  const { history, basepath } = useRouter()
  const pages = pagesFor(me)
  const go = (name: PageName) => {
    const page = pages.find((one) => one.name === name)
    return page && { says: words.goTo(words[name]), act: () => history.push(`${basepath}${page.path}`) }
  }
  const report = pages.find((page) => page.name === 'report')
  const keys: Keys = {
    ...Object.fromEntries(goKeys.map(([key, name]) => [key, go(name)])),
    N: report && { says: words.report, act: () => history.push(`${basepath}${report.path}`) },
    '?': { says: words.keys, act: askKeys },
  }
  useKeys(keys)
}

/** The finder in the middle of the bar; at its end the list of keys, and what else lies there. */
export function Tools({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  const words = useSayings(shellSayings)
  const [open, setOpen] = useState<'finder' | 'keys' | null>(null)
  const [wasOpen, setWasOpen] = useState(false)
  const show = (which: 'finder' | 'keys') => {
    setWasOpen(true)
    setOpen(which)
  }
  const [openFinder] = useState(() => () => show('finder'))
  useCtrlK(openFinder)
  useGoKeys(me, () => show('keys'))
  const close = () => setOpen(null)
  return (
    <>
      <button type="button" className="bar-find" onClick={openFinder} aria-keyshortcuts="Control+K">
        <Search aria-hidden size={18} strokeWidth={1.75} />
        <span className="bar-find-words">{words.findWhat}</span>
        <Kbd name="Ctrl K" />
      </button>
      <div className="bar-end">
        <button type="button" className="bar-button bar-icon" aria-label={words.keys} onClick={() => show('keys')}>
          <CircleHelp aria-hidden size={20} strokeWidth={1.75} />
        </button>
        {children}
      </div>
      {wasOpen && (
        <Suspense>
          <Finder me={me} isOpen={open === 'finder'} close={close} />
          <KeysHelp isOpen={open === 'keys'} close={close} />
        </Suspense>
      )}
    </>
  )
}
