import { dutiesOf, type Admission, type Duty } from '@fengge/domain/kernel/duty'
import { useQuery } from '@tanstack/react-query'
import type { Me } from '@fengge/domain/identity/contract'
import { whoAmI } from '@fengge/domain/identity/contract'
import { call } from '@fengge/web/api/call.ts'

/** Who is signed in; an error of 401 means nobody. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: () => call(whoAmI, {}), staleTime: 60_000, refetchInterval: 60_000 })
}
export const has = (me: Me | undefined, ...duties: Duty[]) => duties.some((d) => me?.duties.includes(d) ?? false)
/** Whether an endpoint would let whoever is signed in ask it. */
export const isAdmitted = (me: Me | undefined, admission: Admission): boolean =>
  admission === 'public' || (me !== undefined && (admission === 'signed-in' || has(me, ...dutiesOf(admission))))
