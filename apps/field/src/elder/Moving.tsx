import { useElderWords } from '../words/elder.ts'
import { HomesList } from './HomesList.tsx'
import { Step } from './Step.tsx'

/** Who moves: the page of that home follows, where it is written down who came or went. */
export function Moving() {
  const say = useElderWords()
  return (
    <Step title={say.whoMoves}>
      <HomesList hrefOf={(id) => `#grid/h.${id}`} />
    </Step>
  )
}
