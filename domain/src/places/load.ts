/**
 * How much work a grid is, beside its heads (G4): rentals, firms, disputes of a year and the land to walk, each weighed in
 * persons by a dated table of the county. There is no standard for the weights (domain.md A1 gives sizes by heads only);
 * the ready ones are a reference, and advise like the sizes do. Left out: roads, of which nothing is on file.
 */
import type { LoadFigures, LoadWeights, SizeNorm } from './terms.ts'

export const readyWeights: LoadWeights = {
  validFrom: '2020-01-01',
  person: 1,
  rental: 1,
  unit: 3,
  dispute: 20,
  km2: 100,
  hill: 100,
  water: 50,
  source: '参考权重，尚无统一标准，县可另定',
}

export const loadParts = ['person', 'rental', 'unit', 'dispute', 'km2', 'hill', 'water'] as const

/** A grid's work in persons, rounded. */
export function loadOf(figures: LoadFigures, weights: LoadWeights): number {
  return Math.round(loadParts.reduce((sum, part) => sum + figures[part] * weights[part], 0))
}

/** Whether a grid is more or less work than its size band has people; what nobody lives or works in is not judged. */
export function judgeLoad(norm: SizeNorm, load: number): 'too-heavy' | 'too-light' | undefined {
  if (load === 0) return undefined
  if (norm.mostPeople !== null && load > norm.mostPeople) return 'too-heavy'
  return norm.leastPeople !== null && load < norm.leastPeople ? 'too-light' : undefined
}
