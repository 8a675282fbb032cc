/**
 * JSON that visits keep, and its shapes. Forms and steps of a service have their number in a column beside them;
 * answers are sealed, so that they carry it inside. Add a field: raise `now`, lift the old shape in `upcasts`, and
 * add a row of it to `stored.test.ts`.
 */
import { z } from 'zod'
import { shaped } from '../kernel/shape.ts'
import { Answers, Form } from './forms.ts'
import { ServiceStep } from './services.ts'

/** visits.form.body */
export const StoredForm = shaped({
  name: 'visits.form',
  now: 1,
  schema: Form.extend({ isCore: z.boolean().default(false) }),
  upcasts: {},
})

/** visits.service.steps */
export const StoredSteps = shaped({ name: 'visits.service', now: 1, schema: z.array(ServiceStep), upcasts: {} })

/** What visits.visit.sealed holds when it is opened. */
export const StoredAnswers = shaped({
  name: 'visits.visit',
  now: 1,
  schema: z.strictObject({ answers: Answers, note: z.string() }),
  upcasts: {},
})
