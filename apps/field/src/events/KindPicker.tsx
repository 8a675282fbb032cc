import { Check } from 'lucide-react'
import { usePhone } from '../offline/usePhone.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { Icon } from '../shell/Icon.tsx'
import { useEventsWords } from '../words/events.ts'
import { sureOf, type Offer } from './offers.ts'

interface Props {
  readonly offers: readonly Offer[]
  /** What is chosen, or taken because it is likely enough; empty while neither. */
  readonly code: string
  readonly choose: (code: string) => void
}
/** So many are offered; all others are in the list behind them. */
const mostOffers = 2

/** What it is like: what the words say, one tap to mend it, and the whole list behind. */
export function KindPicker({ offers, code, choose }: Props) {
  const { holdings } = usePhone()
  const { language } = useWords()
  const say = useEventsWords()
  const catalogue = holdings.config?.catalogue ?? []
  const offered = [...new Set(offers.map((o) => o.code))].slice(0, mostOffers)
  const name = (c: string) => {
    const k = catalogue.find((x) => x[0] === c)
    return k ? k[language === 'zh' ? 1 : 2] : c
  }
  const isListed = code !== '' && !offered.includes(code)
  return (
    <fieldset className="kinds chips">
      <legend>{legendOf()}</legend>
      {offered.map((c) => (
        <button type="button" key={c} className="small" aria-pressed={c === code} onClick={() => choose(c)}>
          {c === code && <Icon of={Check} />}
          {name(c)}
        </button>
      ))}
      <select
        id="category"
        className={isListed ? 'is-on' : undefined}
        aria-label={offered.length > 0 ? say.otherKind : say.kind}
        value={isListed ? code : ''}
        onChange={(e) => choose(e.target.value)}
        required={code === ''}
      >
        <option value="">{offered.length > 0 ? say.moreKinds : say.chooseKind}</option>
        {[...Map.groupBy(catalogue, (c) => c[language === 'zh' ? 3 : 4])].map(([group, list]) => (
          <optgroup key={group} label={group}>
            {list.map((c) => (
              <option key={c[0]} value={c[0]}>
                {name(c[0])}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </fieldset>
  )
  function legendOf(): string {
    if (offered.length === 0) return say.kind
    return sureOf(offers) !== undefined || code !== '' ? say.likely : say.whichKind
  }
}
