/**
 * What a phone holds of the registry, and the questions of its forms. Core fields of people are in no row; important
 * ones are masked (sight.ts). The order of columns is what phones in the field read. Source: requirements.md U2, D1.
 */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'
import { row } from '../kernel/row.ts'
import { LinkRole, RecordKind } from './terms.ts'

/** Values of a record by the code of their field, masked where the holder sees them so. */
const Values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
/** A day as a count from 1970 in China Standard Time. */
const DayNumber = z.int().nullable()
const Degrees = z.number().nullable()
const Version = z.int()

export const estate = row('estate', {
  id: Id,
  version: Version,
  name: z.string(),
  hasProperty: z.boolean().nullable(),
})
export const building = row('building', {
  id: Id,
  version: Version,
  estateId: Id.nullable(),
  no: z.string(),
  lng: Degrees,
  lat: Degrees,
  floors: z.number().nullable(),
})
export const house = row('house', {
  id: Id,
  version: Version,
  buildingId: Id.nullable(),
  roomNo: z.string(),
  use: z.string(),
  values: Values,
  dueDay: DayNumber,
  askedDay: DayNumber,
  gridId: Id,
  /** Never verified yet. */
  isNew: z.boolean(),
})
export const person = row('person', {
  id: Id,
  version: Version,
  name: z.string(),
  kind: z.string(),
  values: Values,
  dueDay: DayNumber,
  gridId: Id.nullable(),
  /** Codes of fields that are asked for and hold nothing. */
  gaps: z.array(z.string()),
})
export const link = row('link', {
  id: Id,
  personId: Id,
  houseId: Id,
  role: LinkRole,
  isLead: z.boolean(),
  fromOn: z.string(),
})
const placed = {
  id: Id,
  version: Version,
  parentId: Id.nullable(),
  name: z.string(),
  kind: z.string(),
  values: Values,
  dueDay: DayNumber,
  gridId: Id.nullable(),
}
export const unit = row('unit', placed)
export const facility = row('facility', placed)

/** A field as the forms of a phone ask for it. */
export const FieldBrief = z.strictObject({
  kind: RecordKind,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  type: z.string(),
  isAsked: z.boolean(),
  isRequired: z.boolean(),
  purpose: z.string(),
  purposeEn: z.string().optional(),
  choices: z.array(z.tuple([z.string(), z.string(), z.string()])),
  tier: z.enum(['G', 'I', 'C']),
})
export type FieldBrief = z.output<typeof FieldBrief>
