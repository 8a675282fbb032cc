/** What is sealed of phones: their data keys, and acts that lie with a desk. */
import { sealedTexts, textOf } from '../kernel/sealed-table.ts'
import { keyAt } from './store/devices.ts'
import { askAt } from './store/inbox.ts'

const byId = ['county_code', 'id']

export const syncSealed = [
  sealedTexts('sync.device', byId, { key_sealed: (row) => keyAt(textOf(row, 'id')) }),
  sealedTexts('sync.inbox', byId, { ask_sealed: (row) => askAt(textOf(row, 'id')) }),
]
