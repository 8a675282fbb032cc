/** Which questions are put to what kind of person: of a resident nobody asks his nationality, of a tenant from afar where he came from. */
const onlyOf: Readonly<Record<string, readonly string[]>> = {
  country: ['overseas'],
  latinName: ['overseas'],
  permitUntil: ['floating', 'overseas'],
  cameFrom: ['floating', 'overseas'],
  cameOn: ['floating', 'overseas'],
}

/** @param kind of the person, undefined where nobody has said it yet. @param field its code */
export const isAskedOf = (kind: unknown, field: string): boolean => {
  const kinds = onlyOf[field]
  return kinds === undefined || (typeof kind === 'string' && kinds.includes(kind))
}
