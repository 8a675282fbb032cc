/** What is sealed of visits: answers, and who asked for a service. */
import { sealedTexts, textOf } from '../kernel/sealed-table.ts'
import { askedByAt, phoneAt } from './store/services.ts'
import { answersAt } from './store/visits.ts'

const byId = ['county_code', 'id']

export const visitsSealed = [
  sealedTexts('visits.visit', byId, { sealed: (row) => answersAt(textOf(row, 'id')) }),
  sealedTexts('visits.service', byId, {
    asked_by_sealed: (row) => askedByAt(textOf(row, 'id')),
    phone_sealed: (row) => phoneAt(textOf(row, 'id')),
  }),
]
