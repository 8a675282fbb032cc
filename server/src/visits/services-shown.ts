/** Who reads whom a service is for, and its words: whoever serves there and must know whom to tell. */
import { maskSurname } from '@fengge/domain/kernel/text'
import type { Service } from '@fengge/domain/visits/services'
import { postsWith, type Asker } from '../kernel/context.ts'
import { serves } from './serves.ts'

type Told = Pick<Service, 'what' | 'askedBy' | 'steps' | 'gridId'>

/** To whoever only plans or leads there: how far it is, the surname, and no words, which may name who and what for. */
export function servicesShown(asker: Asker): <T extends Told>(service: T) => T {
  const walks = postsWith(asker.caller, 'visit.write')
  const isServed = (gridId: string | null) => gridId !== null && walks.some((post) => serves(asker, post, gridId))
  return (service) =>
    isServed(service.gridId)
      ? service
      : {
          ...service,
          what: '',
          askedBy: maskSurname(service.askedBy),
          steps: service.steps.map((step) => ({ ...step, note: '' })),
        }
}
