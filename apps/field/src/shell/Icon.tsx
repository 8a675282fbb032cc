import type { LucideIcon } from 'lucide-react'

/** A drawing beside its word, as tall as the word; never alone, so that nobody has to be read it. */
export const Icon = ({ of: Of, size = '1.18em' }: { readonly of: LucideIcon; readonly size?: string }) => (
  <Of className="i" size={size} strokeWidth={1.75} aria-hidden />
)
