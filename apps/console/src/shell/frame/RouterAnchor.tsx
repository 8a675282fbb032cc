import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import type { AnchorProps } from '@fengge/web/ui/Anchor.tsx'

const isPlain = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey

function RouterAnchor({ href, className, label, children }: AnchorProps) {
  const { history, basepath } = useRouter()
  const full = `${basepath}${href}`
  return (
    <a
      href={full}
      className={className}
      aria-label={label}
      onClick={(event) => {
        if (event.defaultPrevented || !isPlain(event)) return
        event.preventDefault()
        history.push(full)
      }}
    >
      {children}
    </a>
  )
}

/** How the parts go somewhere within the console: without loading the page anew. */
export const drawAnchor = (props: AnchorProps): ReactNode => <RouterAnchor {...props} />
