import type { Like } from '@fengge/web/words/sayings.ts'
import type { partsZh } from './parts.zh.ts'

export const partsEn = {
  title: 'Parts',
  off: 'The page of parts is not switched on here',
  size: 'Size',
  desk: 'Desk',
  hand: 'Phone',
  elder: 'Elder',
  eldest: 'Elder, largest letters',
  look: 'Colour',
  plain: 'As it is',
  grey: 'In grey',
  wall: 'Wall, dark',
} satisfies Like<typeof partsZh>
