/**
 * What is asked of every endpoint by everybody: one sample each, of what was planted. An endpoint that is neither here
 * nor in the list of those with a reason fails the test.
 */
import type { Endpoint } from '@fengge/domain/kernel/endpoint'
import { freshId } from '../../../src/kernel/fresh-id.ts'
import type { AskedOf } from '../../world.ts'
import type { Grown } from './play.ts'
import type { Stage } from './stage.ts'

export interface Known extends Grown {
  readonly stage: Stage
  readonly at: Record<string, string>
}
export interface Sample {
  readonly promise: Endpoint
  readonly ask: (known: Known) => object
}

/** The ask of an endpoint, typed by its promise. */
export const sample =
  <E extends Endpoint>(promise: E) =>
  (ask: (known: Known) => AskedOf<E>): Sample => ({ promise, ask: ask as (known: Known) => object })
/** Those that are asked for nothing. */
export const plain = (...promises: readonly Endpoint[]): Sample[] =>
  promises.map((promise) => ({ promise, ask: () => ({}) }))

export const fresh = () => ({ id: freshId() })
export const onDay = '2026-03-02'
export const madeAt = '2026-03-02T01:00:00.000Z'
