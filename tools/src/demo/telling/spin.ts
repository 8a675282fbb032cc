/**
 * Sentences with choices in them, so that no two are alike and each fits the other:
 *
 *   {a|b}       one of them          {3-9}      a number          {甲}        what was said before, or a given word
 *   {x:a|b}     chosen and kept as x                              {x?c|d}     the one that stands where x was chosen
 *
 * Choices may hold choices. A name that nobody gave is an error: a sentence is read before it is spoken.
 */
import type { Dice } from '../random.ts'

interface Chosen {
  readonly text: string
  readonly index: number
}
/** What was chosen so far in one story. */
export type Story = Map<string, Chosen>

export const storyOf = (words: Readonly<Record<string, string>>): Story =>
  new Map(Object.entries(words).map(([name, text]) => [name, { text, index: 0 }]))

/** Speaks a sentence; what it chooses by name the next one knows. */
export function spin(sentence: string, story: Story, dice: Dice): string {
  const start = sentence.indexOf('{')
  if (start < 0) return sentence
  const end = endOf(sentence, start)
  const said = speak(sentence.slice(start + 1, end), story, dice)
  return sentence.slice(0, start) + said + spin(sentence.slice(end + 1), story, dice)
}

function endOf(sentence: string, start: number): number {
  for (let i = start, depth = 0; i < sentence.length; i++) {
    if (sentence[i] === '{') depth++
    if (sentence[i] === '}' && --depth === 0) return i
  }
  throw new Error(`a brace is open in ${sentence}`)
}

function speak(inner: string, story: Story, dice: Dice): string {
  const named = /^([^\d:?|{}]+)([:?])([^]*)$/.exec(inner)
  if (named) return speakNamed(named as unknown as Named, story, dice)
  const range = /^(\d+(?:\.\d)?)-(\d+(?:\.\d)?)$/.exec(inner)
  if (range) return numberBetween(range[1]!, range[2]!, dice)
  const options = optionsOf(inner)
  if (options.length > 1) return spin(dice.pick(options), story, dice)
  const known = story.get(inner)
  if (!known && !/^\d/.test(inner)) throw new Error(`nobody said what ${inner} is`)
  return known?.text ?? inner
}

type Named = readonly [whole: string, name: string, sign: ':' | '?', rest: string]

function speakNamed([, name, sign, rest]: Named, story: Story, dice: Dice): string {
  const options = optionsOf(rest)
  const known = story.get(name)
  if (sign === '?') {
    const option = options[known?.index ?? -1]
    if (option === undefined) throw new Error(`${name} was not chosen, or has more choices than ${rest}`)
    return spin(option, story, dice)
  }
  const index = dice.int(options.length)
  const text = spin(options[index]!, story, dice)
  story.set(name, { text, index })
  return text
}

/** Parts between bars that stand in no inner brace. */
function optionsOf(text: string): string[] {
  const options: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') depth++
    else if (text[i] === '}') depth--
    else if (text[i] === '|' && depth === 0) {
      options.push(text.slice(from, i))
      from = i + 1
    }
  }
  return [...options, text.slice(from)]
}

/** Money and the like comes in tens. */
function numberBetween(least: string, most: string, dice: Dice): string {
  const [low, high] = [Number(least), Number(most)]
  if (least.includes('.') || most.includes('.')) return (low + dice.next() * (high - low)).toFixed(1)
  const n = low + dice.int(high - low + 1)
  return String(low >= 100 ? Math.round(n / 10) * 10 : n)
}
