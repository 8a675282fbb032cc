import { mostCounted } from '@fengge/domain/events/contract/desk'

/** A count as a list tells it; where counting stopped, that there are more. */
export const showCount = (total: number, isMore = total >= mostCounted): string => `${total}${isMore ? '+' : ''}`
