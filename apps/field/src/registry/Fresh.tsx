import type { ReactNode } from 'react'
import type { Held } from '@fengge/domain/sync/rows'
import './house.css'

export type Freshness = 'never' | 'due' | 'soon' | 'fresh'
/** Within so many days of its end a record is to be looked at with the next visit. */
const soon = 30

export function freshnessOf(house: Held['house'], day: number): Freshness {
  if (house.isNew) return 'never'
  if (house.dueDay === null || house.dueDay <= day) return 'due'
  return house.dueDay <= day + soon ? 'soon' : 'fresh'
}

/** How fresh a record is: a full dot, half a dot, a square, a dashed ring, and the word. */
export function Fresh({ how, children }: { readonly how: Freshness; readonly children: ReactNode }) {
  return (
    <span className={`fresh fresh-${how}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden>
        {how === 'fresh' && <circle cx="6" cy="6" r="5" className="full" />}
        {how === 'soon' && (
          <>
            <circle cx="6" cy="6" r="4.5" className="ring" />
            <path d="M6 1.5a4.5 4.5 0 0 0 0 9Z" className="full" />
          </>
        )}
        {how === 'due' && <rect x="1.5" y="1.5" width="9" height="9" className="full" />}
        {how === 'never' && <circle cx="6" cy="6" r="4.5" className="ring dashed" />}
      </svg>
      {children}
    </span>
  )
}
