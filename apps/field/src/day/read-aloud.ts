/** Reads a text aloud on demand. */
export function readAloud(text: string, language: 'zh' | 'en'): void {
  if (!('speechSynthesis' in window)) return
  speechSynthesis.cancel()
  const speech = new SpeechSynthesisUtterance(text)
  speech.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
  speech.rate = 0.9
  speechSynthesis.speak(speech)
}
