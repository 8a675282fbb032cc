/** Areas and borders; their figures are of whole places. */
import { tellNothing, type Tells } from '../kernel/tells.ts'

export const placeTells: Tells = tellNothing(
  'listChildren',
  'searchPlaces',
  'getPlace',
  'getBorders',
  'locatePoint',
  'checkNet',
  'importAreas',
  'importBorders',
  'drawGrid',
  'moveBorder',
  'splitGrid',
  'mergeGrids',
  'closeGrid',
  'changeGrid',
  'getNorms',
  'saveNorm',
  'importLayer',
  'listLevels',
  'saveLevel',
)
