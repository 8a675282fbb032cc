import type { Duty } from '@fengge/domain/kernel/duty'
import { useQuery } from '@tanstack/react-query'
import type { Me } from '@fengge/domain/identity/contract'
import { whoAmI } from '@fengge/domain/identity/contract'
import { call } from '@fengge/web/api/call.ts'

/** Who is signed in; an error of 401 means nobody. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: () => call(whoAmI, {}), staleTime: 60_000 })
}
export const has = (me: Me | undefined, ...duties: Duty[]) => duties.some((d) => me?.duties.includes(d) ?? false)
