import { useRef, useState } from 'react'
import { useWords } from '@fengge/web/words/language.ts'

interface Recognition {
  lang: string
  interimResults: boolean
  continuous: boolean
  onresult: ((e: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null
  onerror: (() => void) | null
  onend: (() => void) | null
  readonly start: () => void
  readonly stop: () => void
}
declare global {
  interface Window {
    webkitSpeechRecognition?: new () => Recognition
    SpeechRecognition?: new () => Recognition
  }
}

/** Hold and talk: the phone's own hearing turns it into text. Where the phone has none, the button is not there; its keyboard's microphone does the same. */
export function SpeakInto({ onText }: { readonly onText: (text: string) => void }) {
  const { t, language } = useWords()
  const [isOn, setOn] = useState(false)
  const running = useRef<Recognition | undefined>(undefined)
  const Kind = window.SpeechRecognition ?? window.webkitSpeechRecognition
  if (!Kind) return null
  const begin = () => {
    const r = (running.current = new Kind())
    r.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
    r.interimResults = false
    r.continuous = true
    r.onresult = (e) => onText(Array.from(e.results, (x) => x[0]?.transcript ?? '').join(''))
    r.onerror = () => setOn(false)
    r.onend = () => setOn(false)
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
      className="button plain talk"
      aria-pressed={isOn}
      onPointerDown={begin}
      onPointerUp={end}
      onPointerLeave={end}
      onKeyDown={(e) => {
        if (e.key === ' ' && !isOn) begin()
      }}
      onKeyUp={end}
    >
      {isOn ? t('正在听…松开结束', 'Listening … let go to end') : t('按住说话', 'Hold and talk')}
    </button>
  )
}

/** Reads a text aloud on demand. */
export function readAloud(text: string, language: 'zh' | 'en'): void {
  if (!('speechSynthesis' in window)) return
  speechSynthesis.cancel()
  const speech = new SpeechSynthesisUtterance(text)
  speech.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
  speech.rate = 0.9
  speechSynthesis.speak(speech)
}
