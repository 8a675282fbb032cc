import { createContext, useContext, type ReactNode } from 'react'

export interface AnchorProps {
  /** Within the app, from its root: `/events?queue=late`. */
  readonly href: string
  readonly className?: string
  readonly label?: string
  readonly children: ReactNode
}

const drawPlain = ({ href, className, label, children }: AnchorProps): ReactNode => (
  <a href={href} className={className} aria-label={label}>
    {children}
  </a>
)

/** Parts know no router: an app gives them its own way of going somewhere, else it is a link of the browser. */
export const AnchorContext = createContext<(props: AnchorProps) => ReactNode>(drawPlain)

export function Anchor(props: AnchorProps) {
  const draw = useContext(AnchorContext)
  return draw(props)
}
