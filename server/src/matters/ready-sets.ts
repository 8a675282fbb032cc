/** Ready lists of grid matters, from the places whose documents name them; what is reconstructed says so. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { temporaryDays, type Matter } from '@fengge/domain/matters/terms'
import { addDays } from '@fengge/domain/kernel/time'
import { freshId } from '../kernel/fresh-id.ts'

let rows: Record<string, string>[] | undefined
const readRows = (): Record<string, string>[] =>
  (rows ??= parse(readFileSync(join(import.meta.dirname, '../../data/matters.csv'), 'utf8'), {
    columns: true,
    bom: true,
  }))

export const setCodes = (): string[] => [...new Set(readRows().map((r) => r['set']!))]
export const setSize = (code: string): number => readRows().filter((r) => r['set'] === code).length

/** The matters of a set as they would stand from a day on; a temporary one begins today at the earliest and gets the longest term there is. */
export function readySet(code: string, from: string, today: string): Matter[] {
  return readRows()
    .filter((r) => r['set'] === code)
    .map((r) => {
      const begins = r['kind'] === 'temporary' && from < today ? today : from
      return {
        id: freshId(),
        code: `${code}-${r['code']}`,
        name: r['name']!,
        nameEn: r['nameEn']!,
        classCode: r['classCode']!,
        className: r['className']!,
        classNameEn: r['classNameEn']!,
        kind: r['kind'] as Matter['kind'],
        owner: r['owner']!,
        taskKinds: r['taskKinds']!.split(';') as Matter['taskKinds'],
        objects: r['objects']!.split(';') as Matter['objects'],
        steps: r['steps']!,
        minutes: Number(r['minutes']),
        effort: r['effort']!,
        frequency: r['frequency']!,
        funding: r['funding']!,
        basis: r['basis']!,
        evidence: r['evidence'] as Matter['evidence'],
        evidenceWhy: r['why']!,
        setCode: code,
        isReconstructed: r['reconstructed'] === '1',
        validFrom: begins,
        validTo: r['kind'] === 'temporary' ? addDays(begins, temporaryDays) : null,
        version: 1,
      }
    })
}
