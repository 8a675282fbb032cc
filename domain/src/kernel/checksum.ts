/**
 * Check digits of Chinese identifiers. Sources: GB 11643 (identity number), GB 32100 (unified social
 * credit code), both as worked in domain.md A6 and A7; ISO 7064 MOD 11,10
 * for our own event numbers.
 */

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const creditLetters = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** The check digit of the 17 digits of an identity number. */
export function identityCheck(body: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += idWeights[i]! * (body.charCodeAt(i) - 48)
  return '10X98765432'[sum % 11]!
}

/** True for an 18-character unified social credit code whose last character checks. */
export function isCreditCode(text: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text)) return false
  let weight = 1
  let sum = 0
  for (const c of text.slice(0, 17)) {
    sum += creditLetters.indexOf(c) * weight
    weight = (weight * 3) % 31
  }
  return creditLetters[(31 - (sum % 31)) % 31] === text[17]
}

/** ISO 7064 MOD 11,10 check digit for a string of digits. Finds every single wrong digit. */
export function checkDigit(digits: string): string {
  let product = 10
  for (const c of digits) {
    let sum = (Number(c) + product) % 10
    if (sum === 0) sum = 10
    product = (sum * 2) % 11
  }
  return String((11 - product) % 10)
}
