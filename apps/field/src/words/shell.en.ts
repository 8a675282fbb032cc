import type { Like } from '@fengge/web/words/sayings.ts'
import type { zh } from './shell.zh.ts'

export const en = {
  program: 'Fengge field',
  opening: 'Opening …',
  back: 'Back',
  goBack: 'Go back',
  home: 'Home',
  menu: 'Main menu',
  today: 'Today',
  report: 'Report',
  grid: 'Grid',
  mine: 'Mine',
  more: 'More',
  synced: 'In step',
  noSignal: 'No signal',
  unsent: (count: number) => `${count} unsent`,
  trouble: 'Trouble with syncing',
  refused: (count: number) => `${count} refused: look`,
  signedOut: 'Signed out: sign in',
  update: 'New version: update',
  notOpened: 'This page did not open. All that was kept is there; open it again with a signal.',
  openAgain: 'Open it again',
  question: (n: number, all: number) => `Question ${n} of ${all}`,
  readToMe: 'Read to me',
  cancel: 'Cancel',
} satisfies Like<typeof zh>
