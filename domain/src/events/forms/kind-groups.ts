/**
 * Groups of kinds that a county reports as one line, as a dated list: what applied at the end of a time is shown for it.
 * Source: seed 000 (矛盾纠纷、消防巡防、食药监宣传等平安稳定类事件和线索 3,378 of 10,500, 32.2 %). Which kinds of the ready
 * catalogue are meant is read from its words: all disputes, what concerns fire, food and drugs.
 */
export interface KindGroup {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  /** Codes of classes and kinds. */
  readonly kinds: readonly string[]
  readonly from: string
  readonly to: string | null
}

export const kindGroups: readonly KindGroup[] = [
  {
    code: 'stability',
    name: '平安稳定类',
    nameEn: 'Peace and stability',
    kinds: ['10', '3001', '3002', '3004', '3006', '3010', '3016', '3017', '3018', '6003'],
    from: '2021-01-01',
    to: null,
  },
]

/** @param day the last of the time that is counted */
export const groupsAt = (day: string): readonly KindGroup[] =>
  kindGroups.filter((group) => group.from <= day && (group.to === null || day <= group.to))

/** Whether a kind is of a group, by its own code or that of its class. */
export const isOfGroup = (code: string, { kinds }: KindGroup): boolean => kinds.some((kind) => code.startsWith(kind))
