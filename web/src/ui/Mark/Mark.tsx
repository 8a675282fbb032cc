import {
  CircleHelp,
  CloudOff,
  Eye,
  EyeOff,
  Lock,
  MapPinOff,
  Merge,
  RefreshCw,
  RotateCcw,
  TimerOff,
  Undo2,
  Users,
} from 'lucide-react'
import { usePartWords } from '../words/parts.ts'
import './Mark.css'

const icons = {
  returned: Undo2,
  repeated: RefreshCw,
  rework: RotateCcw,
  reopened: RefreshCw,
  asked: CircleHelp,
  unchecked: Eye,
  joined: Merge,
  together: Users,
  unsent: CloudOff,
  core: Lock,
  secret: EyeOff,
  unplaced: MapPinOff,
  unsigned: TimerOff,
}
export type MarkKind = keyof typeof icons
/** What asks for care now is warm; the others are ink. */
const warm: ReadonlySet<MarkKind> = new Set(['together', 'unsent', 'unplaced', 'unsigned', 'asked', 'unchecked'])

/** What one should know of it at a glance, outlined: icon, word and count. Shows nothing for a count of none. */
export function Mark({ kind, count = 1 }: { readonly kind: MarkKind; readonly count?: number }) {
  const words = usePartWords()
  if (count < 1) return null
  const Icon = icons[kind]
  return (
    <span className="ui-mark" data-warm={warm.has(kind) || undefined}>
      <Icon size={13} strokeWidth={1.75} aria-hidden="true" />
      {words[kind](count)}
    </span>
  )
}
