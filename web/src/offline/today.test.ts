import assert from 'node:assert/strict'
import { test } from 'node:test'
import { held } from '@fengge/domain/sync/rows'
import { dayNumberAt } from '@fengge/domain/kernel/time'
import { Holdings, type PulledRows } from './holdings.ts'
import { makeToday } from './today.ts'

const now = Date.parse('2026-03-02T09:00:00+08:00')
const matter = (code: string, name: string) => ({
  id: '019cab00-0000-7000-8000-000000000001',
  code,
  name,
  nameEn: name,
  minutes: 15,
  evidence: 'none',
  evidenceWhy: '',
  basis: '',
  frequency: '',
})

/** A phone that holds one house to confirm today, of a county with one matter in force. */
function today(code: string, name: string) {
  const holdings = new Holdings()
  const body = {
    catalogue: [],
    fields: [],
    forms: [],
    matters: [matter(code, name)],
    articles: [],
    places: [],
    borders: [],
  }
  const house = held.house.pack({
    id: 'h',
    roomNo: '501',
    dueDay: dayNumberAt(now),
    values: {},
    buildingId: 'b',
  } as never)
  const building = held.building.pack({ id: 'b', no: '3', lng: 120, lat: 31, estateId: null, values: {} } as never)
  holdings.apply({
    cursor: 'c',
    isWhole: true,
    part: 'all',
    now,
    wipe: false,
    scope: '',
    me: null,
    rows: { house: [house], building: [building], config: [[body]] },
    gone: [],
    keep: {},
  } as unknown as PulledRows)
  const plan = makeToday({ holdings, acts: [], now, start: null, budget: 480, order: [] })
  return [...plan.stops.flatMap((s) => s.items), ...plan.left].map((i) => i.matter)
}

test('households to confirm are found by the code of their matter, whatever a county calls it', () => {
  assert.deepEqual(today('000-A02', '实有房屋（出租房）采集核实'), ['实有房屋（出租房）采集核实'])
  assert.deepEqual(today('000-A02', '上门走一遍'), ['上门走一遍'])
  assert.deepEqual(today('001-9', '核实线索信息'), [], 'a matter that only sounds like it is none')
})
