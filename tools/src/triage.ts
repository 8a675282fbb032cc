/** Measures the suggestions on letters whose label is known: learnt from one file, asked on another. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { guess, learn, scoreGuesses, type Score } from '@fengge/domain/events/suggesting/triage'
import { bagOf, bagsOf, topicKnowledge } from '@fengge/server/events/learning/bags'

interface Letter {
  subject: string
  detail: string
  label: string
}
interface Leaf {
  level1: string
  level2: string
  level3: string
}
const readCsv = <T>(file: string) =>
  parse(readFileSync(file, 'utf8'), { columns: true, bom: true, relax_column_count: true }) as T[]

function readLetters(file: string): Letter[] {
  const rows = readCsv<Record<string, string>>(resolve(file)).map((r) => ({
    subject: r['subject'] ?? '',
    detail: r['detail'] ?? '',
    label: (r['label'] ?? '').trim(),
  }))
  if (rows.every((r) => r.label === '')) throw new Error(`${file}: needs the columns subject, detail and label`)
  return rows.filter((r) => r.label !== '')
}

export interface Evaluation extends Score {
  readonly train: number
  readonly labels: number
  readonly taxonomy: number
}

/** The taxonomy is the one named, else petition-taxonomy.csv beside the training or the test file, else none. */
export function evaluateTriage(trainFile: string, testFile: string, taxonomyFile?: string): Evaluation {
  const train = readLetters(trainFile)
  const test = readLetters(testFile)
  const beside = [trainFile, testFile]
    .map((f) => join(dirname(resolve(f)), 'petition-taxonomy.csv'))
    .find((f) => existsSync(f))
  const file = taxonomyFile === undefined ? beside : resolve(taxonomyFile)
  const taxonomy = file === undefined ? [] : readCsv<Leaf>(file)
  const labels = new Set(train.map((l) => l.label))
  const letters = train.map((l) => ({ label: l.label, title: l.subject, body: l.detail, weight: 1 }))
  const model = learn(bagsOf([...topicKnowledge(taxonomy, labels), ...letters]))
  const score = scoreGuesses(
    test.map((l) => ({ truth: l.label, guesses: guess(model, bagOf(l.subject, l.detail)).map((g) => g.label) })),
  )
  return { ...score, train: train.length, labels: labels.size, taxonomy: taxonomy.length }
}
