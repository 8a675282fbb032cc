/** What a phone knows of its county besides rows: categories, fields and forms to fill, matters in force, articles, its ground. */
import { z } from 'zod'
import { CategoryBrief } from '../events/rows.ts'
import { Id } from '../kernel/id.ts'
import { Article } from '../library/terms.ts'
import { Matter } from '../matters/terms.ts'
import { FieldBrief } from '../registry/rows.ts'
import { Form } from '../visits/forms.ts'

export const MatterBrief = Matter.pick({
  id: true,
  code: true,
  name: true,
  nameEn: true,
  minutes: true,
  evidence: true,
  evidenceWhy: true,
  basis: true,
  frequency: true,
})
export type MatterBrief = z.output<typeof MatterBrief>
export const PlaceBrief = z.strictObject({
  id: Id,
  name: z.string(),
  code: z.string(),
  isMine: z.boolean(),
  village: z.string(),
})
export type PlaceBrief = z.output<typeof PlaceBrief>
/** A border as a GeoJSON multi-polygon of five decimals. */
const Border = z.strictObject({
  id: Id,
  geometry: z.object({
    type: z.string(),
    coordinates: z.array(z.array(z.array(z.tuple([z.number(), z.number()])))),
  }),
})

/** Whom to ring about a grid: the telephone of its office, as residents are told it, and its grid workers. */
export const OfficeBrief = z.strictObject({ placeId: Id, phone: z.string(), people: z.array(z.string()) })
export type OfficeBrief = z.output<typeof OfficeBrief>

export const Config = z.strictObject({
  catalogue: z.array(CategoryBrief),
  fields: z.array(FieldBrief),
  forms: z.array(Form),
  matters: z.array(MatterBrief),
  articles: z.array(Article),
  places: z.array(PlaceBrief),
  borders: z.array(Border),
  /** Of one's own grids; absent in what a phone kept before there was such a thing. */
  offices: z.array(OfficeBrief).optional(),
})
export type Config = z.output<typeof Config>
