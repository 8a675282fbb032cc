import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { getHousehold, getRecord } from '@fengge/domain/registry/contract'
import { listFields } from '@fengge/domain/registry/fields-contract'
import type { RecordKind } from '@fengge/domain/registry/terms'
import { call } from '@fengge/web/api/call.ts'

const fieldBook = {
  queryKey: ['registry-fields'],
  queryFn: () => call(listFields, {}),
  staleTime: 60_000,
}
/** The fields with whether they may be changed. */
export const useFieldBook = () => useQuery(fieldBook)
export const useFields = () => useQuery({ ...fieldBook, select: (book) => book.fields })
export type Field = z.infer<typeof listFields.reply>['fields'][number]
export const fieldsOf = (fields: readonly Field[] | undefined, kind: RecordKind) =>
  (fields ?? []).filter((f) => f.kind === kind && f.isOn)

export function useHousehold(id: string) {
  return useQuery({ queryKey: ['household', id], queryFn: () => call(getHousehold, { houseId: id }) })
}
export function useRecord(id: string, on?: string) {
  return useQuery({ queryKey: ['record', id, on ?? ''], queryFn: () => call(getRecord, { id, on }) })
}
/** Houses and buildings have a page of their own; every other record opens as one. */
export function addressFor(kind: RecordKind, id: string): string {
  const page = kind === 'house' || kind === 'building' ? kind : 'record'
  return `/registry/${page}/${id}`
}
