import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plural, type Like, type Sayings } from './sayings.ts'

test('English counts one event, two events and 1,204 people', () => {
  assert.equal(plural(1, 'event'), '1 event')
  assert.equal(plural(0, 'event'), '0 events')
  assert.equal(plural(1204, 'person', 'people'), '1,204 people')
})

test('a catalogue in another language lacks no word and takes what the Chinese one takes', () => {
  const zh = { title: '事件', shown: (count: number) => `已显示 ${count} 件` } as const satisfies Sayings
  const en = { title: 'Events', shown: (count: number) => `${plural(count, 'event')} shown` } satisfies Like<typeof zh>
  assert.equal(en.shown(2), '2 events shown')
  // @ts-expect-error a word is missing
  const lacking: Like<typeof zh> = { title: 'Events' }
  // @ts-expect-error it takes a number, not a text
  const other: Like<typeof zh> = { ...en, shown: (text: string) => text }
  assert.deepEqual([Object.keys(lacking), typeof other.shown], [['title'], 'function'])
})
