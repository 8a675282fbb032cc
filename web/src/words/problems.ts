/** How a refusal is told to a person: its sentence, with what the answer tells in details. */
import type { RefusalCode } from '@fengge/domain/kernel/refusal-codes'
import { sentences, type Sentence } from './refusal-sentences.ts'
import type { Language } from './terms.ts'

type Details = Readonly<Record<string, unknown>> | undefined

/** Half a minute in seconds, long waits in minutes: who waits wants to know how long. */
function waitOf(seconds: number): Sentence {
  if (seconds < 100) return [`${seconds} 秒`, seconds === 1 ? '1 second' : `${seconds} seconds`]
  const minutes = Math.ceil(seconds / 60)
  return [`${minutes} 分钟`, `${minutes} minutes`]
}

/** The order that was there first, by who gave it and its day. */
function orderedBefore({ byName, on }: Readonly<Record<string, unknown>>): Sentence {
  return [
    `这些网格已有${String(byName)}预定于 ${String(on)} 生效的调整；请先撤回，或待其生效后再办。`,
    `${String(byName)} has ordered a change of these grids for ${String(on)}; withdraw it first, or wait until it is done.`,
  ]
}

/** Where the answer says how long or how many, so does the sentence. */
function detailed(code: string, details: Details): Sentence | undefined {
  if (code === 'net.ordered-before' && details) return orderedBefore(details)
  const onDay = details?.['onDay']
  if (code === 'link.planned' && typeof onDay === 'string')
    return [
      `已登记他 ${onDay} 搬走，请说明：不搬了，还是照旧。`,
      `He is to move away on ${onDay}: say whether that is off or stands.`,
    ]
  const cameOn = details?.['cameOn']
  if (code === 'leaving.before-came' && typeof cameOn === 'string')
    return [
      `他登记的入住日期是 ${cameOn}，搬走不能早于这一天，请核对。`,
      `He moved in on ${cameOn}; he cannot have moved away before that day.`,
    ]
  const seconds = details?.['retryAfter']
  if (typeof seconds !== 'number') return undefined
  const [zh, en] = waitOf(seconds)
  if (code === 'too-many-requests')
    return [`操作太频繁，请 ${zh}后再试。`, `Too many requests; please try again in ${en}.`]
  if (code !== 'sign-in.wait') return undefined
  return [
    `多次输错，请 ${zh}后再试；忘记密码请找系统管理员。`,
    `Several wrong tries; please try again in ${en}. The system administrator helps with a forgotten password.`,
  ]
}

/** The sentence for a refusal code, with what the answer tells in details. */
export function sentenceFor(code: string, language: Language, details?: Details): string {
  const pair = detailed(code, details) ?? (hasSentence(code) ? sentences[code] : sentences['server.failed'])
  return pair[language === 'zh' ? 0 : 1]
}
export const hasSentence = (code: string): code is RefusalCode => Object.hasOwn(sentences, code)
export const sentenceCodes = Object.keys(sentences)
