import type { ReactElement } from 'react'

export type Drawing = 'done' | 'nothing' | 'first' | 'locked'

const Picture = ({ children }: { readonly children: React.ReactNode }) => (
  <svg className="ui-empty-drawing" viewBox="0 0 96 64" width="96" height="64" aria-hidden>
    {children}
  </svg>
)

const DoneRow = ({ y, width }: { readonly y: number; readonly width: number }) => (
  <>
    <rect x="9" y={y} width="78" height="14" rx="3" className="pale" />
    <path d={`M15 ${y + 7}l3 3 6-6`} className="strong" />
    <path d={`M32 ${y + 7}h${width}`} className="pale" />
  </>
)

/** Lines only: no people, no mark of alarm. */
export const drawings: Readonly<Record<Drawing, ReactElement>> = {
  done: (
    <Picture>
      <DoneRow y={5} width={34} />
      <DoneRow y={25} width={22} />
      <DoneRow y={45} width={28} />
    </Picture>
  ),
  nothing: (
    <Picture>
      <circle cx="44" cy="27" r="20" className="pale filled" />
      <path d="M35 27h18" className="strong" />
      <path d="M59 42l15 16" className="strong thick" />
    </Picture>
  ),
  first: (
    <Picture>
      <rect x="18" y="6" width="22" height="22" rx="3" className="pale" />
      <path d="M46 28V16a10 10 0 0 1 10-10h12v12a10 10 0 0 1-10 10z" className="strong filled" />
      <rect x="18" y="36" width="22" height="22" rx="3" className="pale dashed" />
      <rect x="46" y="36" width="22" height="22" rx="3" className="pale dashed" />
      <path d="M76 47h14M83 40v14" className="strong" />
    </Picture>
  ),
  locked: (
    <Picture>
      <circle cx="48" cy="32" r="26" className="tinted" />
      <rect x="38" y="29" width="20" height="16" rx="3" className="strong" />
      <path d="M42 29v-4a6 6 0 0 1 12 0v4" className="strong" />
      <path d="M48 36v3" className="strong" />
    </Picture>
  ),
}
