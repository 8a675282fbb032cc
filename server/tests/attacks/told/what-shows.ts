/** Which facts of a planted person stand in a reply, in whatever corner of it. */
import type { PersonFact } from '@fengge/domain/kernel/tells'
import type { Planted } from './people.ts'

type Node = null | string | number | boolean | readonly Node[] | { readonly [key: string]: Node }

/** Facts that no words of a reply show; they are looked for by other means. */
export const unseen: readonly PersonFact[] = ['elsewhere', 'housemates', 'employer', 'year']

/** Words that are of this person alone. */
const marksOf = (p: Planted): readonly string[] => [
  p.id,
  p.name,
  p.idNo,
  p.phone,
  p.phoneMask,
  p.hukou,
  p.remark,
  p.care,
  p.note,
  p.service,
]

/** Where a reply is read. */
export interface Where {
  /** The place of the person, by its handle and its name. */
  readonly grids: readonly string[]
  /** In his own place houses and events are known to who serves it; only beside his name do they tell of him. */
  readonly isOwn: boolean
}

/** @param asked what the caller sent: what it names is no news to him */
export function factsIn(reply: unknown, p: Planted, { grids, isOwn }: Where, asked: string): ReadonlySet<PersonFact> {
  const all = JSON.stringify(reply) ?? ''
  // Who is asked for by his own handle is who the whole reply is about.
  const about = asked.includes(p.id) ? [all] : aboutHim(reply as Node, marksOf(p)).map((node) => JSON.stringify(node))
  const stands = (...words: readonly string[]) => words.some((word) => all.includes(word) && !asked.includes(word))
  const says = (pattern: RegExp) => about.some((text) => pattern.test(text))
  const saysWord = (...words: readonly string[]) => about.some((text) => words.some((word) => text.includes(word)))
  const shown: Readonly<Partial<Record<PersonFact, boolean>>> = {
    id: stands(p.id),
    name: stands(p.name),
    idNo: stands(p.idNo),
    phone: stands(p.phone),
    'phone-mask': stands(p.phoneMask),
    more: stands(p.hukou, p.remark),
    home: isOwn
      ? saysWord(p.estate) || (stands(p.estate) && all.includes('"living":[{'))
      : stands(p.estate, `${p.room}室`),
    'care-why': stands(p.care),
    visits: stands(p.note),
    service: stands(p.service),
    event: isOwn ? saysWord(p.event) : stands(p.event, p.eventId),
    looks: stands(p.purpose) || says(/registry\.person-looked/),
    born: saysWord(p.born),
    // The place of an event is not that of who told it, nor that of an office that of whom it looked at.
    place: about.some((text) => !/reporterPhone|"looks":/.test(text) && grids.some((grid) => text.includes(grid))),
    kind: says(/[:,]"left-behind"|"留守"/),
    sex: says(/"(sex|to)":"(fe)?male"|"[男女]"|[男女] \d{4}/),
    'id-held': says(/已登记|"••••"/) || (says(/"idNo"/) && !asked.includes('"idNo"')),
    'more-held': says(/"(hukouArea|remark|permitUntil)":|"\*\*\*"/),
    // A request to read what is sealed of him says that he is cared for, as does a keeper's list.
    care:
      saysWord(p.caution, '"visitDue":true') ||
      saysWord(p.taskId) ||
      says(/"personName":.*"purpose":"visit"/) ||
      says(/"dueAt":.*"helpers":\d/),
    'teller-mask': stands(p.phoneMask) && says(/reporterPhone/),
    teller: stands(p.phone) && all.includes('"reporters":[{'),
  }
  return new Set((Object.keys(shown) as PersonFact[]).filter((fact) => shown[fact]))
}

/** The parts of a reply that are about him: each grows from a word of his to the whole line or record around it. */
function aboutHim(reply: Node, marks: readonly string[]): Node[] {
  const found: Node[] = []
  const holds = (node: Node): boolean => typeof node === 'string' && marks.some((mark) => node.includes(mark))
  /** @returns whether something is about him right here, so that the record around it is */
  const walk = (node: Node, isTop: boolean): boolean => {
    if (Array.isArray(node)) {
      const list: readonly Node[] = node
      const isRow = list.some(holds)
      if (isRow) found.push(node)
      else for (const part of list) walk(part, true)
      return false
    }
    if (node === null || typeof node !== 'object') return holds(node)
    const isAbout = Object.values(node as Record<string, Node>)
      .map((part) => walk(part, false))
      .some(Boolean)
    if (isAbout && isTop) found.push(node)
    return isAbout
  }
  walk(reply, true)
  return found
}
