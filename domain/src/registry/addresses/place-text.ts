/** Where something is, as people say it in passing: 阳光花园3幢楼下路灯不亮. Read by the names of estates that are known. */
import { estateName, plainName } from './estate-name.ts'

export interface SaidPlace {
  /** Which of the known names it is. */
  readonly shown: string
  /** The building, where one is named right behind it. */
  readonly building: string
}

const buildingBehind = /^(?:小区|住宅区)?-?第?([A-Za-z]?\d{1,4}[A-Za-z]?|[A-Za-z])(?:号楼|幢|栋|座|#|号|-\d)/

/** The longest known name that the text holds, as somebody may have written it. */
export function readPlaceText(text: string, shownNames: readonly string[]): SaidPlace | undefined {
  const plain = plainName(text)
  let best: (SaidPlace & { length: number }) | undefined
  for (const shown of shownNames) {
    const name = estateName(shown)
    const at = name.length < 2 ? -1 : plain.indexOf(name)
    if (at < 0 || (best && best.length >= name.length)) continue
    const building = buildingBehind.exec(plain.slice(at + name.length))?.[1] ?? ''
    best = { shown, building: building.replace(/^0+(?=.)/, ''), length: name.length }
  }
  return best && { shown: best.shown, building: best.building }
}
