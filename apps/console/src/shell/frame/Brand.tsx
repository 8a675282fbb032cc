/** Four grids, one of them a leaf. */
export const Brand = () => (
  <svg className="brand" viewBox="0 0 28 28" width="28" height="28" aria-hidden>
    <rect x="1" y="1" width="12" height="12" rx="2.5" className="brand-strong" />
    <path d="M15 13V6a5 5 0 0 1 5-5h7v7a5 5 0 0 1-5 5z" className="brand-strong" />
    <rect x="1" y="15" width="12" height="12" rx="2.5" className="brand-strong" />
    <rect x="15" y="15" width="12" height="12" rx="2.5" className="brand-pale" />
  </svg>
)
