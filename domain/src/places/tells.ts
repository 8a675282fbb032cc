/** Areas and borders; their figures are of whole places, or of the parts that a grid is about to be cut into. */
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
  'foreseeChange',
  'orderChange',
  'listNetOrders',
  'withdrawOrder',
  'changeGrid',
  'getNorms',
  'saveNorm',
  'importLayer',
  'listLevels',
  'saveLevel',
)
