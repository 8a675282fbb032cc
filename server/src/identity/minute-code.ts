/**
 * The code for the door: the first signs name the badge, the rest is a keyed digest of the badge and the moment, which
 * only this server can make. Whoever photographs one has it for a minute.
 */
import { createHmac } from 'node:crypto'
import { badgeSigns, codeHeadLength, codeStep, codeSteps, codeTailLength } from '@fengge/domain/identity/badge'
import { deriveKey, type Settings } from '../kernel/settings.ts'

export interface CodedBadge {
  readonly id: string
  readonly code: string
}
type Keyed = Pick<Settings, 'secret'>

const tailOf = (key: Buffer, badge: CodedBadge, step: number): string => {
  const digest = createHmac('sha256', key).update(`${badge.id} ${step}`).digest()
  let rest = digest.readBigUInt64BE()
  let tail = ''
  for (let i = 0; i < codeTailLength; i++) {
    tail += badgeSigns[Number(rest % BigInt(badgeSigns.length))]
    rest /= BigInt(badgeSigns.length)
  }
  return tail
}
const keyOf = ({ secret }: Keyed) => deriveKey(secret, 'badge-minute')
export const headOf = (code: string): string => code.slice(0, codeHeadLength)

/** @returns eleven signs */
export const makeMinuteCode = (keyed: Keyed, badge: CodedBadge, now: number): string =>
  headOf(badge.code) + tailOf(keyOf(keyed), badge, Math.floor(now / codeStep))

/** Whether a code is one of this badge: good now, or lately. */
export function judgeMinuteCode(
  keyed: Keyed,
  badge: CodedBadge,
  { code, now }: { readonly code: string; readonly now: number },
): 'good' | 'late' | 'none' {
  if (code.length !== codeHeadLength + codeTailLength || headOf(code) !== headOf(badge.code)) return 'none'
  const tail = code.slice(codeHeadLength)
  const key = keyOf(keyed)
  const { good, late } = codeSteps(now)
  const isOf = (step: number) => tailOf(key, badge, step) === tail
  if (good.some(isOf)) return 'good'
  return late.some(isOf) ? 'late' : 'none'
}
