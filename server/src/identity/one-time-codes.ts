/** Codes that are shown once and given to somebody by hand; only keyed digests of them are kept. */
import { randomInt } from 'node:crypto'
import { codeSigns, halfLength, readHalf } from '@fengge/domain/identity/two-step'
import type { Sealer } from '../kernel/seal.ts'

export const makeHalf = (): string =>
  Array.from({ length: halfLength }, () => codeSigns[randomInt(codeSigns.length)]).join('')

const textOf = (code: string) => `one-time ${readHalf(code)}`

export const digestCode = (sealer: Sealer, code: string): string => sealer.index(textOf(code))

/** Whether what somebody typed is the code of a digest, also while keys are changed. */
export const isCode = (sealer: Sealer, typed: string, digest: string | null): boolean =>
  digest !== null && sealer.indexes(textOf(typed)).includes(digest)
