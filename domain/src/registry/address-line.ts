/** 阳光花园3幢2单元501室: a standard address as people write it, of whatever parts are known. */
export interface AddressParts {
  readonly estate?: string | undefined
  readonly building?: string | undefined
  readonly unitNo?: string | undefined
  readonly room?: string | undefined
}

const part = (text: string | undefined, ending: string) => (text === undefined || text === '' ? '' : `${text}${ending}`)

export const addressLine = ({ estate, building, unitNo, room }: AddressParts): string =>
  `${estate ?? ''}${part(building, '幢')}${part(unitNo, '单元')}${part(room, '室')}`
