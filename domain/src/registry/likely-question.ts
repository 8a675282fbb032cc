/**
 * By what a form asks who somebody may already be, before it saves. A number or a phone is asked by only once it is
 * whole: each counts against a quota of the day (sight.ts), and a half of one would count for nothing. Left out: who
 * is likely (editing.ts), and what of him is told (server/src/registry/queries/find-likely.ts).
 */
import { isDay } from '../kernel/time.ts'
import { readIdNumber } from './identity-number.ts'
import type { Value, Values } from './terms.ts'

/**
 * @param values what the form holds so far
 * @param isAtHome the form stands at a house, whose people are looked through by their names
 * @returns the values to ask by, or undefined while they are too few to know anybody by
 */
export function questionOf(values: Readonly<Record<string, Value | undefined>>, isAtHome: boolean): Values | undefined {
  const text = (code: string) => (typeof values[code] === 'string' ? values[code].trim() : '')
  const [name, idNo, phone, born] = [text('name'), text('idNo'), text('phone').replaceAll(/[\s-]/g, ''), text('born')]
  const isKnownBy = {
    idNo: readIdNumber(idNo)?.check === 'good',
    phone: /^1\d{10}$/.test(phone),
    born: isDay(born),
  }
  const isNamed = Array.from(name).length >= 2 && (isKnownBy.born || isAtHome)
  if (!isKnownBy.idNo && !isKnownBy.phone && !isNamed) return undefined
  return {
    ...(name === '' ? {} : { name }),
    ...(isKnownBy.idNo ? { idNo } : {}),
    ...(isKnownBy.phone ? { phone } : {}),
    ...(isKnownBy.born ? { born } : {}),
  }
}
