import { useRouter } from '@tanstack/react-router'
import { Modal } from 'antd'
import { FileText, Inbox, MapPin, Search, Users } from 'lucide-react'
import { useId, useState, type KeyboardEvent } from 'react'
import type { Me } from '@fengge/domain/identity/contract'
import { Kbd } from '@fengge/web/ui/Kbd/Kbd.tsx'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { shellSayings } from '../../words/shell.ts'
import { useFound, type Found } from './useFound.ts'
import './finder.css'

const icons = { page: FileText, event: Inbox, place: MapPin, people: Users } as const
const groups = ['page', 'event', 'place', 'people'] as const

interface Props {
  readonly me: Me
  readonly isOpen: boolean
  readonly close: () => void
}

/** Finds a page, an event, a place; for people it leads to the registry. */
export function Finder({ me, isOpen, close }: Props) {
  const words = useSayings(shellSayings)
  return (
    <Modal
      open={isOpen}
      onCancel={close}
      footer={null}
      closable={false}
      destroyOnHidden
      width={640}
      className="finder"
      title={words.find}
      transitionName=""
      maskTransitionName=""
    >
      <SearchBox me={me} close={close} />
    </Modal>
  )
}

function useGo(close: () => void) {
  const { history, basepath } = useRouter()
  return (found: Found) => {
    close()
    history.push(`${basepath}${found.to}`, found.find === undefined ? {} : { find: found.find })
  }
}

function SearchBox({ me, close }: Omit<Props, 'isOpen'>) {
  const words = useSayings(shellSayings)
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const { found, isLooking } = useFound(me, text)
  const go = useGo(close)
  const chosen = found[Math.min(at, found.length - 1)]
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setAt((Math.min(at, found.length - 1) + step + found.length) % Math.max(found.length, 1))
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing && chosen) go(chosen)
  }
  return (
    <>
      <div className="finder-field">
        <Search aria-hidden size={20} strokeWidth={1.75} />
        <input
          autoFocus
          role="combobox"
          aria-label={words.find}
          aria-expanded={found.length > 0}
          aria-controls={`${id}list`}
          aria-activedescendant={chosen && `${id}${chosen.key}`}
          placeholder={words.findWhat}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={move}
        />
        <Kbd name="Esc" />
      </div>
      <div id={`${id}list`} role="listbox" aria-label={words.found} className="finder-list">
        {groups.map((kind) => (
          <Group key={kind} id={id} kind={kind} found={found} chosen={chosen} go={go} />
        ))}
      </div>
      <p role="status" className="finder-foot">
        {found.length === 0 && !isLooking ? words.foundNothing : ''}
        {isLooking ? words.looking : ''}
      </p>
    </>
  )
}

interface GroupProps {
  readonly id: string
  readonly kind: Found['kind']
  readonly found: readonly Found[]
  readonly chosen: Found | undefined
  readonly go: (found: Found) => void
}

function Group({ id, kind, found, chosen, go }: GroupProps) {
  const words = useSayings(shellSayings)
  const held = found.filter((one) => one.kind === kind)
  const Icon = icons[kind]
  if (held.length === 0) return null
  const name = { page: words.foundPages, event: words.ofEvents, place: words.foundPlaces, people: words.foundPeople }
  return (
    <div role="group" aria-label={name[kind]}>
      <div className="finder-group" aria-hidden>
        {name[kind]}
      </div>
      {held.map((one) => (
        <div
          key={one.key}
          id={`${id}${one.key}`}
          role="option"
          aria-selected={one === chosen}
          className="finder-row"
          onClick={() => go(one)}
        >
          <Icon aria-hidden size={18} strokeWidth={1.75} />
          <span className="finder-title">{one.title}</span>
          <span className="finder-note">{one.note}</span>
        </div>
      ))}
    </div>
  )
}
