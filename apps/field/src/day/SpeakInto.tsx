import { Mic } from 'lucide-react'
import { useRef, useState } from 'react'
import { useWords } from '@fengge/web/words/language.ts'
import { Icon } from '../shell/Icon.tsx'
import { useDayWords } from '../words/day.ts'

interface Recognition {
  lang: string
  interimResults: boolean
  continuous: boolean
  onresult: ((e: Heard) => void) | null
  onerror: ((e?: { readonly error?: string }) => void) | null
  onend: (() => void) | null
  readonly start: () => void
  readonly stop: () => void
}
/** All that was heard since it began; what is new begins at `resultIndex`. */
interface Heard {
  readonly resultIndex: number
  readonly results: ArrayLike<ArrayLike<{ transcript: string }> & { readonly isFinal: boolean }>
}
/** What a phone tells where nobody spoke, or where it was let go: no fault of its hearing. */
const noFaults = ['no-speech', 'aborted']

const newIn = ({ results, resultIndex }: Heard): string =>
  Array.from(results)
    .slice(resultIndex)
    .map((r) => (r.isFinal ? (r[0]?.transcript ?? '') : ''))
    .join('')

declare global {
  interface Window {
    webkitSpeechRecognition?: new () => Recognition
    SpeechRecognition?: new () => Recognition
  }
}

interface Props {
  readonly onText: (text: string) => void
  /** It was let go, and all that was heard is told. */
  readonly onEnd?: () => void
  readonly className?: string
}
/** Whether this phone has a hearing of its own. */
export const canHear = (): boolean =>
  window.SpeechRecognition !== undefined || window.webkitSpeechRecognition !== undefined

/** Hold and talk: the phone's own hearing turns it into text. Where the phone has none, the button is not there; its keyboard's microphone does the same. */
export function SpeakInto({ onText, onEnd, className = 'talk' }: Props) {
  const { language } = useWords()
  const say = useDayWords()
  const [isOn, setOn] = useState(false)
  const [isDeaf, setDeaf] = useState(false)
  const running = useRef<Recognition | undefined>(undefined)
  const Kind = window.SpeechRecognition ?? window.webkitSpeechRecognition
  if (!Kind) return null
  if (isDeaf)
    return (
      <p className="notice" role="alert">
        {say.deaf}
      </p>
    )
  const begin = () => {
    const r = (running.current = new Kind())
    r.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
    r.interimResults = false
    r.continuous = true
    r.onresult = (e) => onText(newIn(e))
    r.onerror = (e) => {
      setOn(false)
      if (!noFaults.includes(e?.error ?? '')) setDeaf(true)
    }
    r.onend = () => {
      setOn(false)
      onEnd?.()
    }
    r.start()
    setOn(true)
  }
  const end = () => {
    running.current?.stop()
    setOn(false)
  }
  return (
    <button
      type="button"
      className={className}
      aria-pressed={isOn}
      onPointerDown={begin}
      onPointerUp={end}
      onPointerLeave={end}
      onKeyDown={(e) => {
        if (e.key === ' ' && !isOn) begin()
      }}
      onKeyUp={end}
    >
      <Icon of={Mic} />
      {isOn ? say.listening : say.holdToTalk}
    </button>
  )
}
