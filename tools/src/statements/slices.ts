/** Whose a file is, and who may ask whom: by the floors of fence.cjs. */
import { createRequire } from 'node:module'

interface FenceRule {
  readonly name: string
  readonly to: { readonly path?: string }
}
const fence = createRequire(import.meta.url)('../../../fence.cjs') as { readonly forbidden: readonly FenceRule[] }

/** The slice of a file of the server; `house` for what stands above all slices. */
export const sliceOf = (file: string): string => /^server\/src\/([^/]+)\//.exec(file)?.[1] ?? 'house'

/** Whether a slice stands above another, so that it may ask at its door and read its public views. */
export function mayAskOf(slice: string, other: string): boolean {
  if (slice === 'house' || slice === 'kernel') return slice === 'house'
  const rule = fence.forbidden.find((r) => r.name === `floors-${slice}`)
  if (rule?.to.path === undefined) throw new Error(`${slice} has no floor`)
  return !new RegExp(rule.to.path).test(`server/src/${other}/`)
}
