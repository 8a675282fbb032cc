/**
 * What a phone holds, put together from the rows of each slice, and the change set in which it travels. Each row is
 * defined once (domain/src/kernel/row.ts); feeds pack by it, the phone unpacks by it. Source: requirements.md U2.
 */
import { z } from 'zod'
import { event, notice } from '../events/rows.ts'
import { Id } from '../kernel/id.ts'
import { row, type RowOf } from '../kernel/row.ts'
import { building, estate, facility, house, link, person, unit } from '../registry/rows.ts'
import { service, task } from '../visits/rows.ts'
import { Config } from './config.ts'

/** What changes seldom, whole, when its digest differs. */
export const config = row('config', { body: Config })

/** Kinds of which rows come and go one by one; notices and the configuration come whole. */
export const held = { estate, building, house, person, link, unit, facility, task, event, service } as const
export const kinds = { ...held, notice, config } as const
export type HeldKind = keyof typeof held
export const heldKinds = Object.keys(held) as HeldKind[]
export type Held = { readonly [K in HeldKind]: RowOf<(typeof held)[K]> }

/** The rows of a change set, by kind. */
export const Rows = z.strictObject({
  estate: estate.list.optional(),
  building: building.list.optional(),
  house: house.list.optional(),
  person: person.list.optional(),
  link: link.list.optional(),
  unit: unit.list.optional(),
  facility: facility.list.optional(),
  task: task.list.optional(),
  event: event.list.optional(),
  service: service.list.optional(),
  notice: notice.list.optional(),
  config: config.list.optional(),
})
export type Rows = z.output<typeof Rows>

/** Why a row is no longer on the phone. */
export const leavings = ['moved', 'merged', 'gone', 'ended', 'done', 'dropped', 'told', 'withdrawn'] as const
/** A row that left: its kind, its id, why. */
export const Gone = z.tuple([z.enum(heldKinds), Id, z.enum(leavings)])
export type Gone = z.output<typeof Gone>
/** The last twelve signs of the ids of all that belongs on the phone, where what leaves its reach leaves no trace in the row. */
export const Keep = z.strictObject({ event: z.array(z.string()).optional(), task: z.array(z.string()).optional() })
