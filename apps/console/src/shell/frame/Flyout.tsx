import { useCallback, useEffect, useId, useRef, useState, type ReactNode, type RefObject } from 'react'

interface Props {
  readonly className: string
  readonly panelClass: string
  readonly face: ReactNode
  readonly children: (close: () => void) => ReactNode
}

/** Closes on a press outside, on Escape, and where the focus goes elsewhere. */
function useLightDismiss(box: RefObject<HTMLDivElement | null>, isOpen: boolean, close: () => void): void {
  useEffect(() => {
    if (!isOpen) return undefined
    const away = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) close()
    }
    document.addEventListener('pointerdown', away)
    document.addEventListener('focusin', away)
    return () => {
      document.removeEventListener('pointerdown', away)
      document.removeEventListener('focusin', away)
    }
  }, [box, isOpen, close])
}

/** A button that opens a small panel beside it. */
export function Flyout({ className, panelClass, face, children }: Props) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const close = useCallback(() => setOpen(false), [])
  useLightDismiss(box, isOpen, close)
  return (
    <div
      ref={box}
      className="flyout"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.stopPropagation()
        close()
        button.current?.focus()
      }}
    >
      <button
        ref={button}
        type="button"
        className={className}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {face}
      </button>
      {isOpen && (
        <div id={id} className={panelClass}>
          {children(close)}
        </div>
      )}
    </div>
  )
}
