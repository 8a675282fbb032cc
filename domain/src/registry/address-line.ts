/** 阳光花园3幢2单元501室: a standard address as people write it, of whatever parts are known. */
export interface AddressParts {
  readonly estate?: string | undefined
  readonly building?: string | undefined
  readonly unitNo?: string | undefined
  readonly room?: string | undefined
}

/** What stands behind each part, in the order of writing; the server's form in SQL is drawn from the same table. */
export const addressEndings = { estate: '', building: '幢', unitNo: '单元', room: '室' } as const satisfies Readonly<
  Record<keyof AddressParts, string>
>
export const addressOrder = ['estate', 'building', 'unitNo', 'room'] as const

export const addressLine = (parts: AddressParts): string =>
  addressOrder.map((name) => (parts[name] ? `${parts[name]}${addressEndings[name]}` : '')).join('')
