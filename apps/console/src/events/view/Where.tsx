import { lazy, Suspense, useMemo } from 'react'
import type { EventView } from '@fengge/domain/events/contract/views'

const NetMap = lazy(() => import('../../places/NetMap.tsx').then((m) => ({ default: m.NetMap })))

/** Where it is: its point, its grid and the grids around it; nothing where neither is known. */
export function Where({ event, className }: { readonly event: EventView; readonly className: string }) {
  const { point, gridId, villageId, townId, id, title } = event
  const points = useMemo(() => (point ? [{ ...point, id, title }] : []), [point, id, title])
  const chosen = useMemo(() => (gridId ? [gridId] : []), [gridId])
  if (!point && !villageId && !townId) return null
  return (
    <Suspense fallback={<div className={className} />}>
      <NetMap className={className} parentId={villageId ?? townId ?? undefined} points={points} chosen={chosen} />
    </Suspense>
  )
}
