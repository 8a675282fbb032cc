import { mostCounted } from '@fengge/domain/events/contract/desk'

/** A count as a list tells it; where counting stopped, that there are more. */
export const showCount = (total: number, isMore = total >= mostCounted): string => `${total}${isMore ? '+' : ''}`

/** A number with its English noun: 1 building, 2 buildings. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`
