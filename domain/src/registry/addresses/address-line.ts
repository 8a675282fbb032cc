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

/** The room of a house that is one home as a whole, as along roads and in hamlets: 新和村3组12号. */
export const wholeHouse = '整幢'
export const doorEnding = '号'

export const addressLine = (parts: AddressParts): string =>
  parts.room === wholeHouse && parts.building ? `${parts.estate ?? ''}${parts.building}${doorEnding}` : partsLine(parts)

const partsLine = (parts: AddressParts): string =>
  addressOrder.map((name) => (parts[name] ? `${parts[name]}${addressEndings[name]}` : '')).join('')
