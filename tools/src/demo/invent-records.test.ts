import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inventPerson } from './invent-records.ts'
import { createDice } from './random.ts'

test('whoever heads a household or owns a home is grown up; among the others there are children', () => {
  const dice = createDice(7)
  const born = (isGrown: boolean) =>
    (['resident', 'left-behind'] as const).flatMap((kind) =>
      Array.from({ length: 400 }, (_, seq) =>
        Number(String(inventPerson(kind, seq, dice, isGrown)['born']).slice(0, 4)),
      ),
    )
  assert.ok(born(true).every((year) => year <= 2006))
  assert.ok(born(false).some((year) => year > 2010))
})
