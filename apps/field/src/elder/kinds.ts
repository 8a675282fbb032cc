/** What an old liaison tells of, and what he would call it where his words do not say what it is. */
import type { Language } from '@fengge/web/words/terms.ts'

/** The last of each is for all else. */
export type Choice = readonly [category: string, zh: string, en: string]
export interface Kind {
  readonly title: 'whatDanger' | 'whoQuarrels' | 'whatBroke' | 'whoNeedsHelp' | 'whatIsIt'
  readonly choices: readonly Choice[]
  /** Categories that such a thing may be of, of those that his words seem to mean. */
  readonly of: RegExp
  /** Whether it may hurt somebody is asked. */
  readonly mayHurt: boolean
  /** Who lies on the ground waits for no form. */
  readonly ringsFirst: boolean
}

export const kinds: Readonly<Record<string, Kind>> = {
  danger: {
    title: 'whatDanger',
    of: /^[2-9]/,
    mayHurt: false,
    ringsFirst: true,
    choices: [
      ['3003', '煤气', 'Gas'],
      ['3004', '电线、用电', 'Wires'],
      ['3018', '火、烟', 'Fire or smoke'],
      ['3013', '井盖', 'A manhole'],
      ['3014', '河边、水边', 'Water'],
      ['3012', '路面、护栏', 'The road, a rail'],
      ['3009', '高处要掉东西', 'Something may fall'],
      ['4012', '别的', 'Something else'],
    ],
  },
  quarrel: {
    title: 'whoQuarrels',
    of: /^1/,
    mayHurt: false,
    ringsFirst: false,
    choices: [
      ['1002', '邻居', 'Neighbours'],
      ['1004', '和物业', 'With the management'],
      ['1007', '工钱', 'Wages'],
      ['1099', '别的', 'Something else'],
    ],
  },
  broken: {
    title: 'whatBroke',
    of: /^[345]/,
    mayHurt: true,
    ringsFirst: false,
    choices: [
      ['5008', '路灯、护栏', 'A lamp, a rail'],
      ['5002', '路面、积水', 'The road, water on it'],
      ['3013', '井盖', 'A manhole'],
      ['4007', '水、电、气停了', 'Water, power or gas'],
      ['3008', '电梯', 'A lift'],
      ['4008', '楼里的东西', 'Something in the house'],
      ['4012', '别的', 'Something else'],
    ],
  },
  help: {
    title: 'whoNeedsHelp',
    of: /^[24]/,
    mayHurt: false,
    ringsFirst: true,
    choices: [
      ['4003', '老人要人照顾', 'An old person'],
      ['4004', '家里困难', 'A poor household'],
      ['2007', '人走丢了', 'Somebody is missing'],
      ['4014', '看病', 'Illness'],
      ['4012', '别的', 'Something else'],
    ],
  },
}
export const other: Kind = {
  title: 'whatIsIt',
  of: /./,
  mayHurt: false,
  ringsFirst: false,
  choices: [['4012', '别的', 'Something else']],
}

export const nameOf = ([, zh, en]: Choice, language: Language): string => (language === 'zh' ? zh : en)
