/** Records that the rows of a page are about: those found, those made, and what the rows change on them. */
import { mergeEdit, type FieldChanges } from '@fengge/domain/registry/editing'
import type { RecordKind, Values } from '@fengge/domain/registry/terms'
import { freshId } from '../../kernel/fresh-id.ts'
import { openValues, sealChanges } from '../record-columns.ts'
import { placeFor } from '../sight.ts'
import { updateRecord, type RecordRow } from '../store/records.ts'
import type { FreshChange } from '../store/changes.ts'
import { addChanges, addDrafts } from './store/records.ts'
import type { Taking } from './taking/take-page.ts'

export interface Held {
  readonly id: string
  /** As it is stored; undefined when this page made it. */
  readonly row: RecordRow | undefined
  readonly placeId: string | null
  values: Values
  /** An earlier row of the file is about it: what that row said stands, later ones only fill gaps. */
  isMet: boolean
}

export class HeldRecords {
  private readonly taking: Taking
  private readonly kind: RecordKind
  private readonly held: Held[] = []
  constructor(taking: Taking, kind: RecordKind) {
    this.taking = taking
    this.kind = kind
  }

  /** A stored record. */
  hold(row: RecordRow): Held {
    const isMet = this.taking.met.has(row.id)
    return this.keep({ id: row.id, row, placeId: null, values: openValues(row, this.taking.ctx.sealer), isMet })
  }

  /** A new one. */
  make(values: Values, placeId: string): Held {
    const id = freshId(this.taking.ctx.now)
    this.taking.met.add(id)
    return this.keep({ id, row: undefined, placeId, values, isMet: true })
  }

  private keep(held: Held): Held {
    this.held.push(held)
    return held
  }

  /** How many values a row would change. */
  countChanges(held: Held, given: Values): number {
    return Object.keys(edit(held, given).changes).length
  }

  /** Gives a record what a row says. @returns whether a stored one changes by it */
  give(held: Held, given: Values): boolean {
    const { values, changes } = edit(held, given)
    held.values = values
    held.isMet = true
    this.taking.met.add(held.id)
    return held.row !== undefined && Object.keys(changes).length > 0
  }

  /** Writes what was made and what was changed. */
  async save(): Promise<void> {
    const { ctx, batch } = this.taking
    const made = this.held.filter((h) => h.row === undefined).map((h) => this.draftOf(h))
    await addDrafts(ctx, this.kind, made)
    const changes: FreshChange[] = []
    for (const held of this.held) if (held.row) changes.push(...(await this.saveChanges(held.row, held.values)))
    await addChanges(ctx.tx, batch.county_code, changes)
  }

  private draftOf(held: Held) {
    const { ctx, batch, mark } = this.taking
    return {
      id: held.id,
      kind: this.kind,
      county: batch.county_code,
      values: held.values,
      place: placeFor(ctx, held.placeId),
      parentId: null,
      origin: { '*': mark },
      now: ctx.now,
      batchId: batch.id,
    }
  }

  private async saveChanges(row: RecordRow, values: Values): Promise<FreshChange[]> {
    const { ctx, mark } = this.taking
    const { changes } = mergeEdit(openValues(row, ctx.sealer), values, new Set())
    const codes = Object.keys(changes)
    if (codes.length === 0) return []
    const origin = { ...row.origin, ...Object.fromEntries(codes.map((c) => [c, mark])) }
    await updateRecord(ctx, this.kind, row, { values, changed: new Set(codes), origin, isConfirmed: true })
    return [this.changeOf(row, changes)]
  }

  private changeOf(row: RecordRow, changes: FieldChanges): FreshChange {
    const { ctx, batch } = this.taking
    const id = freshId(ctx.now)
    return {
      id,
      kind: this.kind,
      record_id: row.id,
      version: row.version + 1,
      what: 'edit',
      at: new Date(ctx.now),
      account_id: ctx.caller.accountId,
      by_name: ctx.caller.name,
      source: 'import',
      reason: '',
      fields: sealChanges({ id, kind: this.kind, fields: changes }, ctx.sealer),
      more: {},
      batch_id: batch.id,
    }
  }
}

/** An empty cell says nothing; what an earlier row of the file said is not overwritten. */
function edit(held: Held, given: Values) {
  const told = Object.entries(given).filter(
    ([code, value]) => value !== null && !(held.isMet && (held.values[code] ?? null) !== null),
  )
  return mergeEdit(held.values, Object.fromEntries(told), new Set())
}
