/**
 * Questions by an identity number or a phone, by whatever door they come: each number counts once a day and account,
 * found or not, against a quota of its own, and of numbers of one area and birthday fewer still. What was asked is kept
 * as a digest of that day and account alone, which fits no record. Source: domain.md B7.
 */
import { dayOf } from '@fengge/domain/kernel/time'
import { likeNumbersQuota, searchQuota } from '@fengge/domain/registry/sight'
import { accountOf, type Asking } from '../kernel/context.ts'
import type { Tx } from '../kernel/db/tx.ts'
import { refuse } from '../kernel/problems.ts'
import { addAsked, countAsked, hasAsked } from './store/questions.ts'

const askerOf = (ctx: Asking) => ({
  county_code: ctx.caller.countyCode,
  account_id: accountOf(ctx.caller),
  day: dayOf(ctx.now),
})

/** @param asked what is asked for, in the one way it is written: `id:…`, `phone:…` */
function digestsOf(ctx: Asking, asked: readonly string[]): string[] {
  const { account_id, day } = askerOf(ctx)
  const digest = (text: string) => ctx.sealer.index(`asked ${account_id} ${day} ${text}`)
  return [...new Set(asked)].map((text) => {
    const alike = areaAndBirthday.exec(text)?.[0]
    return alike === undefined ? digest(text) : `${digest(`like ${alike}`).slice(0, 12)}.${digest(text)}`
  })
}
/** Of an identity number as a question names it. */
const areaAndBirthday = /^id:\d{14}/

/** Counts before anything is looked up, in a transaction of its own: a refused question, or one that fails, is a question. */
export async function countQuestion(ctx: Asking, asked: readonly string[]): Promise<void> {
  if (asked.length === 0) return
  if (!(await ctx.apart((tx) => addQuestion(ctx, tx, asked)))) overQuota()
}

/** The same for whoever may do without an answer: counts, and says whether he may be told. */
export const mayAsk = (ctx: Asking, asked: readonly string[]): Promise<boolean> =>
  ctx.apart((tx) => addQuestion(ctx, tx, asked))

/** The same in the transaction of an act. */
export async function countQuestionWithin(ctx: Asking, tx: Tx, asked: readonly string[]): Promise<void> {
  if (!(await addQuestion(ctx, tx, asked))) overQuota()
}

const addQuestion = (ctx: Asking, tx: Tx, asked: readonly string[]): Promise<boolean> =>
  addAsked(tx, { ...askerOf(ctx), asked: digestsOf(ctx, asked) }, { all: searchQuota, alike: likeNumbersQuota })

/** Whether all of it was asked for today, and so counted. */
export async function wereAsked(ctx: Asking, asked: readonly string[]): Promise<boolean> {
  return asked.length > 0 && (await hasAsked(ctx.tx, { ...askerOf(ctx), asked: digestsOf(ctx, asked) }))
}

/** For an act that tells something by being refused: nobody who has asked enough may try. */
export async function refuseQuestions(ctx: Asking): Promise<void> {
  if ((await countAsked(ctx.tx, askerOf(ctx))) >= searchQuota) overQuota()
}

/** Counts what a refusal told, when the act itself is taken back. */
export const questionToCount =
  (ctx: Asking, asked: string) =>
  async (tx: Tx): Promise<void> => {
    await addQuestion(ctx, tx, [asked])
  }

const overQuota = (): never => refuse('search.quota', 429, { quota: searchQuota })
