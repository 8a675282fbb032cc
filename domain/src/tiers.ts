/**
 * What somebody may come to know of a person by his duties, however many calls he makes: the bar that all replies
 * together stay under (tellings.ts). Sources: requirements.md D1; domain.md B3, B7; docs/rules/registry-visibility.md.
 * Of people of his own place whatever a duty is for; of a guest of one of its houses what tells him apart; of others
 * that somebody with a number or a phone is known elsewhere, and no more.
 */
import type { Duty } from './kernel/duty.ts'
import { withImplied, type PersonFact, type Standing } from './kernel/tells.ts'

type ByDuty = Readonly<Partial<Record<Duty, readonly PersonFact[]>>>

const seesPeople: readonly PersonFact[] = ['id', 'name', 'kind', 'sex', 'born', 'place', 'home', 'housemates', 'care']
/** That a field which the form asks for is empty is told to whoever asks for it. */
const fillsGaps: readonly PersonFact[] = ['phone-mask', 'id-held', 'more-held']
/** By handles and names of fields alone. */
const journal: readonly PersonFact[] = ['id', 'looks', 'event', 'id-held', 'more-held']
/** Who takes calls, or is told the code of one by its citizen, follows what came of it. */
const calls: readonly PersonFact[] = ['event']
/** A desk hears who is said to come to its place where nobody can tell to which grid. */
const saidToCome: readonly PersonFact[] = ['name']
/** Who only plans reads that calls are due and made, and on whom by the services that were asked for. */
const planned: readonly PersonFact[] = ['id', 'name', 'place', 'service']
const visited: readonly PersonFact[] = ['id', 'name', 'kind', 'place', 'care', 'visits', 'service']

const tiers: Readonly<Record<Standing, ByDuty>> = {
  own: {
    'registry.read': [...seesPeople, ...fillsGaps, 'visits', 'employer'],
    'registry.reveal': ['phone', 'more'],
    'registry.reveal-core': ['idNo'],
    'registry.tell': ['looks'],
    // Whoever answers for a place hears where somebody is to be asked after.
    'registry.trace': ['name', 'sex', 'year', 'place'],
    'registry.correct': ['id', 'name', 'place'],
    'registry.approve': ['name', 'place', 'care'],
    'overlay.keep': ['care-why'],
    'visit.read': planned,
    'visit.write': visited,
    'event.read': ['event'],
    'event.reveal-reporter': ['teller'],
    'audit.read': journal,
    'hotline.submit': calls,
    'event.find-calls': calls,
  },
  guest: {
    'registry.read': ['id', 'name', 'kind', 'sex', 'born', 'place', 'home', 'housemates'],
    'registry.write': ['elsewhere'],
    'registry.trace': saidToCome,
    'audit.read': journal,
    'hotline.submit': calls,
    'event.find-calls': calls,
  },
  former: {
    'registry.read': ['id', 'name'],
    'registry.write': ['elsewhere'],
    'registry.trace': saidToCome,
    'audit.read': journal,
    'hotline.submit': calls,
    'event.find-calls': calls,
  },
  stranger: {
    'registry.write': ['elsewhere'],
    'audit.read': journal,
    'hotline.submit': calls,
    'event.find-calls': calls,
  },
}

export function mayKnow(duties: Iterable<Duty>, standing: Standing): ReadonlySet<PersonFact> {
  return withImplied([...duties].flatMap((duty) => tiers[standing][duty] ?? []))
}
