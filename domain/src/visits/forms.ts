/**
 * Short forms made from configuration, and how their answers are read. A form may not ask what the registry knows
 * without saying why (anchors idea 16), may not demand a photo without a necessity (domain.md A15), may not score
 * people and may not count what is found. Left out: what follows from an answer (recording.ts).
 */
import { z } from 'zod'
import type { TaskKind } from '../matters/terms.ts'
import { countCharacters, normal } from '../kernel/text.ts'
import { SubjectKind, subjectOf, type Selector } from './terms.ts'

export const FormField = z.strictObject({
  code: z.string().regex(/^[a-z][A-Za-z0-9]{0,29}$/),
  name: z.string().min(1).max(40),
  nameEn: z.string().min(1).max(80),
  type: z.enum(['choice', 'flag', 'text']),
  choices: z
    .array(z.tuple([z.string().max(30), z.string().max(30), z.string().max(60)]))
    .max(12)
    .default([]),
  isRequired: z.boolean().default(false),
  /** The answer that means a hidden danger: the form then offers an event and a re-check. */
  hazardWhen: z.string().max(30).default(''),
  why: z.string().max(100).default(''),
})
export type FormField = z.infer<typeof FormField>
export const Form = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  name: z.string().min(1).max(40),
  nameEn: z.string().min(1).max(80),
  subject: SubjectKind,
  fields: z.array(FormField).max(12),
  /** Why a photo is needed; empty where none may be demanded. */
  photoWhy: z.string().max(100).default(''),
  categoryCode: z.string().max(10).default(''),
  isOn: z.boolean().default(true),
  version: z.int().default(1),
  /** Kept from phones: forms of the strictest tier are filled at a desk by who keeps the overlay. */
  isCore: z.boolean(),
})
export type Form = z.infer<typeof Form>

/** What is done with a form: a person is called on, a house, firm, thing or grid is looked after. */
export const kindOfForm = (form: Pick<Form, 'subject'>): TaskKind => (form.subject === 'person' ? 'visit' : 'patrol')

export type FormFault = 'form.field-known' | 'form.field-twice' | 'form.choices' | 'form.counts' | 'form.scores'

/** @param known codes and names that the registry already holds, by subject */
export function judgeForm(
  form: Form,
  known: (subject: SubjectKind) => ReadonlySet<string>,
): { fault: FormFault; field: string } | undefined {
  const seen = new Set<string>()
  for (const field of form.fields) {
    if (seen.has(field.code)) return { fault: 'form.field-twice', field: field.code }
    seen.add(field.code)
    if ((known(form.subject).has(field.code) || known(form.subject).has(field.name)) && field.why === '')
      return { fault: 'form.field-known', field: field.code }
    if (field.type === 'choice' && field.choices.length < 2) return { fault: 'form.choices', field: field.code }
    if (/风险(分|等级|评分)|积分|打分|人脸|指纹/.test(field.name)) return { fault: 'form.scores', field: field.code }
    if (/(发现|排查|上报).*(数|件|起|个)$/.test(field.name)) return { fault: 'form.counts', field: field.code }
  }
  return undefined
}

/** Answers by the code of their question: flags as booleans, the rest as text. */
export const Answers = z.record(z.string(), z.union([z.string(), z.boolean()]))
export type Answers = Readonly<z.infer<typeof Answers>>
export type AnswerFault = 'answer.required' | 'answer.choice' | 'answer.unknown' | 'answer.too-long'
type Read = { readonly value: string | boolean } | { readonly fault: AnswerFault }

/**
 * Answers as they are kept, or the first fault. Empty text is no answer.
 * @param raw answers as a phone sends them, by code
 * @returns the answers in the order of the form, and the codes of those that mean a hidden danger
 */
export function readAnswers(
  form: Form,
  raw: Answers,
): { answers: Answers; hazards: string[] } | { fault: AnswerFault; field: string } {
  const answers: Record<string, string | boolean> = {}
  const hazards: string[] = []
  for (const code of Object.keys(raw))
    if (!form.fields.some((f) => f.code === code)) return { fault: 'answer.unknown', field: code }
  for (const field of form.fields) {
    const given = raw[field.code]
    if (given === undefined || given === '') {
      if (field.isRequired) return { fault: 'answer.required', field: field.code }
      continue
    }
    const read = readers[field.type](field, given)
    if ('fault' in read) return { fault: read.fault, field: field.code }
    answers[field.code] = read.value
    if (field.hazardWhen !== '' && String(read.value) === field.hazardWhen) hazards.push(field.code)
  }
  return { answers, hazards }
}

const longestAnswer = 500
const readers: Readonly<Record<FormField['type'], (field: FormField, given: string | boolean) => Read>> = {
  flag: (_field, given) => ({ value: given === true || given === 'true' }),
  choice: (field, given) =>
    field.choices.some(([code]) => code === given) ? { value: given } : { fault: 'answer.choice' },
  text: (_field, given) => {
    const text = String(given)
    return countCharacters(text) > longestAnswer ? { fault: 'answer.too-long' } : { value: normal(text, 'NFC').trim() }
  },
}

/** Forms that any subject may be visited with. */
const anySubject: readonly string[] = ['errand', 'recheck']

/** Whether a rule or a campaign may ask a form of those whom it selects. Forms of the strictest tier are never sent out. */
export const suits = (form: Pick<Form, 'code' | 'subject' | 'isCore'>, selector: Selector): boolean =>
  !form.isCore && (form.subject === subjectOf[selector] || anySubject.includes(form.code))

/**
 * Forms of the strictest tier, whatever a county makes of them: who was released and who is ill is written down and read by
 * who keeps those records, and by nobody else (GB/T 34291, key populations; docs/rules/registry-visibility.md).
 */
export const coreForms: readonly string[] = ['released', 'mental-health']

/** A form that was ever of the strictest tier stays so: what was told under it would be opened with it. */
export const staysCore = (code: string, was: Pick<Form, 'isCore'> | undefined): boolean =>
  coreForms.includes(code) || (was?.isCore ?? false)

/** Forms whose visit counts as a care visit: the rhythm of the overlay counts from there. */
export const careForms: readonly string[] = ['care', 'released', 'mental-health']
