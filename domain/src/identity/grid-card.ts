/**
 * What a grid's public card may say (C1, W5): the office telephone of its station, and how to come into its group. A number
 * that looks like somebody's own mobile phone is refused: what hangs in a stairwell is everybody's.
 */

const forms = [
  // With or without the area code, and an extension.
  /^(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,5})?$/,
  /^400-?\d{3}-?\d{4}$/,
  // 12345 and the like.
  /^[19]\d{2,5}$/,
]

/** @example isOfficePhone('0510-83590000') // true */
export const isOfficePhone = (text: string): boolean => forms.some((form) => form.test(text.replaceAll(/\s/g, '')))
