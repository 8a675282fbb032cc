import { ScanLine } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Icon } from '../shell/Icon.tsx'
import { useRegistryWords } from '../words/registry.ts'

interface Detector {
  readonly detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>
}
declare global {
  interface Window {
    BarcodeDetector?: new (options: { formats: string[] }) => Detector
  }
}

/** The house that a door's code names: the address of its page, wherever it was printed. */
export function houseOf(code: string): string | undefined {
  return /#grid\/h\.([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\b/i.exec(code)?.[1]
}

/** Scans a door's QR code where the phone can; elsewhere the phone's own camera opens the same address. */
export function ScanDoor() {
  const say = useRegistryWords()
  const [isOpen, setOpen] = useState(false)
  const [problem, setProblem] = useState('')
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (!isOpen) return
    let stream: MediaStream | undefined,
      isOver = false
    const look = async (detector: Detector) => {
      while (!isOver && video.current) {
        const house = (await detector.detect(video.current).catch(() => []))
          .map((c) => houseOf(c.rawValue))
          .find(Boolean)
        if (house) {
          location.hash = `grid/h.${house}`
          setOpen(false)
          return
        }
        await new Promise((resolve) => {
          setTimeout(resolve, 250)
        })
      }
    }
    const start = async () => {
      if (!window.BarcodeDetector) {
        setProblem(say.cannotScan)
        return
      }
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
        if (!video.current) return
        video.current.srcObject = stream
        await video.current.play()
        await look(new window.BarcodeDetector({ formats: ['qr_code'] }))
      } catch {
        setProblem(say.noCamera)
      }
    }
    void start()
    return () => {
      isOver = true
      stream?.getTracks().forEach((track) => track.stop())
    }
  }, [isOpen, say])
  return (
    <>
      <button
        className="small"
        onClick={() => {
          setProblem('')
          setOpen(!isOpen)
        }}
        aria-pressed={isOpen}
      >
        <Icon of={ScanLine} />
        {say.scanDoor}
      </button>
      {isOpen && (
        <div className="scan" role="dialog" aria-label={say.scanDoor}>
          {problem === '' ? (
            <video ref={video} muted playsInline />
          ) : (
            <p className="notice" role="alert">
              {problem}
            </p>
          )}
          <button className="button plain" onClick={() => setOpen(false)}>
            {say.close}
          </button>
        </div>
      )}
    </>
  )
}
