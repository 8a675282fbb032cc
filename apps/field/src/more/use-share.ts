import { useEffect, useState } from 'react'
import { endSafety } from '@fengge/domain/visits/contract/worker'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useDoing } from '../offline/useAsk.ts'
import { usePhone } from '../offline/usePhone.ts'

type Share = { id: string; until: string; where: string }
const read = (now: () => number): Share | null => {
  try {
    const s = JSON.parse(localStorage.getItem('fengge.safety') ?? 'null') as Share | null
    return s && Date.parse(s.until) > now() ? s : null
  } catch {
    return null
  }
}

/** The share that runs, until it ends by itself or by its giver. */
export function useShare() {
  const { now } = usePhone()
  const [share, setShare] = useState(() => read(now))
  const doing = useDoing()
  useEffect(() => {
    if (!share) return
    const timer = setTimeout(() => setShare(null), Date.parse(share.until) - now())
    return () => clearTimeout(timer)
  }, [share, now])
  const keep = (s: Share | null) => {
    localStorage.setItem('fengge.safety', JSON.stringify(s))
    setShare(s)
  }
  const end = () =>
    doing.run(async () => {
      if (share) await call(endSafety, { requestId: freshId(), id: share.id })
      keep(null)
    })
  return { share, keep, end, doing }
}
