/** Where refusals become exceptions and exceptions become refusals: `settle` and the table of constraints. */
import { isProblem, NoAnswer, problem, type Problem } from '@fengge/domain/kernel/problem'
import type { RefusalCode } from '@fengge/domain/kernel/refusal-codes'

export class Refusal extends Error {
  readonly problem: Problem
  constructor(refused: Problem) {
    super(refused.problem)
    this.problem = refused
  }
}

/** Unwraps a decision or leaves with its refusal. */
export function settle<T>(value: T | Problem): T {
  if (isProblem(value)) throw new Refusal(value)
  return value
}

export function refuse(code: RefusalCode, status: number, details?: Record<string, unknown>): never {
  throw new Refusal(problem(code, status, details))
}

/** Named constraints that a person can run into, as the refusal he is told. */
const constraints: Record<string, readonly [code: RefusalCode, status: number]> = {
  account_login_unique: ['account.login-taken', 409],
  posting_one_kind: ['posting.mixed-kinds', 409],
  posting_dates_ordered: ['posting.dates', 422],
  place_name_in_parent: ['place.name-taken', 409],
  place_code_in_force: ['place.codes-spent', 409],
  place_dates_ordered: ['place.dates', 422],
  grid_in_force: ['place.unknown', 422],
  net_left_behind: ['net.left-behind', 409],
  boundary_dates_ordered: ['place.dates', 422],
  boundary_pk: ['place.dates', 409],
  link_request_once: ['link.there', 409],
  record_parent_live: ['record.out-of-place', 422],
  record_children_gone: ['record.has-children', 409],
  event_grid: ['place.unknown', 422],
  event_ticket_unique: ['event.ticket-taken', 409],
  event_department: ['department.unknown', 422],
  event_pk: ['request.reused', 409],
  // The rows of one intake are written by one statement: any of them may be the first to clash.
  flow_pk: ['request.reused', 409],
  request_pk: ['request.reused', 409],
  matter_once_a_day: ['matter.overlap', 409],
}

/** No room for a file, or none where the database lies. It is no fault of what was sent: all of it may be sent again. */
const fullCodes: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', '53100'])

export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Refusal || error instanceof NoAnswer) return error.problem
  const { constraint, code } = error as { constraint?: string; code?: string }
  if (code !== undefined && fullCodes.has(code)) return problem('server.disk-full', 507, { retryAfter: 60 })
  const known = constraint === undefined ? undefined : constraints[constraint]
  return known && problem(known[0], known[1])
}

/**
 * What a log may say of an unforeseen error. The database puts values into its messages ("invalid input syntax for
 * type date: …"), so of its errors only the code and the names of things are told, and of a text that is no JSON only that.
 */
export function describeError(error: unknown): { message: string; stack?: string | undefined } {
  const { code, severity, table, constraint, routine, message, stack } = error as {
    code?: string
    severity?: string
    table?: string
    constraint?: string
    routine?: string
    message?: string
    stack?: string
  }
  // The parser of JSON quotes what it could not read.
  if (error instanceof SyntaxError) return { message: 'SyntaxError', stack: framesOf(stack) }
  if (severity === undefined) return { message: message ?? 'unknown', stack }
  return {
    message: ['database error', code, table, constraint, routine].filter((x) => x !== undefined).join(' '),
    stack: framesOf(stack),
  }
}

const framesOf = (stack: string | undefined): string | undefined =>
  stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n')
