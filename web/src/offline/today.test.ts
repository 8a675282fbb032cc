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

/** The day of a phone that holds houses due so many days from today, of a county with one matter in force. */
function dayOf(code: string, name: string, dueIn: readonly number[] = [0]) {
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
  const houses = dueIn.map((days) =>
    held.house.pack({
      id: `h${days}`,
      roomNo: '501',
      dueDay: dayNumberAt(now) + days,
      values: {},
      buildingId: 'b',
    } as never),
  )
  const building = held.building.pack({ id: 'b', no: '3', lng: 120, lat: 31, estateId: null, values: {} } as never)
  holdings.apply({
    cursor: 'c',
    isWhole: true,
    part: 'all',
    now,
    wipe: false,
    scope: '',
    me: null,
    rows: { house: houses, building: [building], config: [[body]] },
    gone: [],
    keep: {},
  } as unknown as PulledRows)
  const plan = makeToday({ holdings, acts: [], now, start: null, budget: 480, order: [] })
  return [...plan.stops.flatMap((s) => s.items), ...plan.left]
}
const today = (code: string, name: string) => dayOf(code, name).map((i) => i.matter)

test('households to confirm are found by the code of their matter, whatever a county calls it', () => {
  assert.deepEqual(today('000-A02', '实有房屋（出租房）采集核实'), ['实有房屋（出租房）采集核实'])
  assert.deepEqual(today('000-A02', '上门走一遍'), ['上门走一遍'])
  assert.deepEqual(today('001-9', '核实线索信息'), [], 'a matter that only sounds like it is none')
})

test('a household whose term is over is a stop of the day; one that is fresh is none', () => {
  const asked = dayOf('000-A02', '实有房屋采集核实', [60, -12, 0]).map((i) => i.id)
  assert.deepEqual(asked.toSorted(), ['h-12', 'h0'])
})
