import type { RefusalCode } from './refusal-codes.ts'

/**
 * A refusal as a value: a dotted code, the HTTP status it becomes, and details a screen can use.
 * Rules return it; nothing in this room throws it.
 */
export interface Problem<Code extends string = RefusalCode> {
  readonly problem: Code
  readonly status: number
  readonly details?: Record<string, unknown>
}

/** Makes a refusal. @example problem('event.stale', 409, { version: 3 }) */
export function problem(code: RefusalCode, status: number, details?: Record<string, unknown>): Problem {
  return details === undefined ? { problem: code, status } : { problem: code, status, details }
}

/** A sum that comes to no answer, deep within a rule: whoever asked is told the refusal that it carries. */
export class NoAnswer extends RangeError {
  readonly problem: Problem
  constructor(refused: Problem) {
    super(refused.problem)
    this.problem = refused
  }
}

/** True when a rule refused. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value && 'status' in value
}
