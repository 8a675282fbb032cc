import type { ReactNode } from 'react'
import { CircleCheck } from 'lucide-react'
import type { Outcome } from '../offline/acts.ts'
import { Icon } from '../shell/Icon.tsx'
import { useElderWords } from '../words/elder.ts'
import { Step } from './Step.tsx'

/** What has become of an act, in an elder's words, and the way on: `next` before the way home. */
export function Sent({ how, said, next }: { readonly how: Outcome; readonly said: string; readonly next?: ReactNode }) {
  const say = useElderWords()
  return (
    <Step
      title={say.thanks}
      foot={
        <>
          {next}
          <a className={next ? 'button quiet' : 'button'} href="#">
            {next ? say.home : say.ok}
          </a>
        </>
      }
    >
      <p className="ok sent" role="status">
        <Icon of={CircleCheck} size="1.4em" />
        <span>{how.state === 'waiting' ? say.kept : said}</span>
      </p>
    </Step>
  )
}
