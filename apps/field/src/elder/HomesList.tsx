import { useState, type ReactNode } from 'react'
import { usePhone } from '../offline/usePhone.ts'
import { useElderWords } from '../words/elder.ts'

interface Home {
  readonly id: string
  readonly address: string
  readonly names: string
}
/** So many are shown at once; a name or a door finds the others. */
const most = 60

/** The homes of a liaison by door, each with the names of who lives there. */
export function useHomes(text: string): readonly Home[] {
  const { holdings } = usePhone()
  const words = text.split(/\s+/).filter((w) => w !== '')
  return [...holdings.table('house').values()]
    .map((h) => ({
      id: h.id,
      address: holdings.addressOf(h),
      names: holdings
        .linksOf(h.id)
        .flatMap((l) => holdings.table('person').get(l.personId)?.name ?? [])
        .join('、'),
    }))
    .filter((h) => words.every((w) => `${h.address} ${h.names}`.includes(w)))
    .toSorted((a, b) => a.address.localeCompare(b.address, 'zh', { numeric: true }))
    .slice(0, most)
}

interface Props {
  readonly hrefOf?: (houseId: string) => string
  readonly choose?: (home: Home) => void
  readonly isBusy?: boolean
}
export function HomesList({ hrefOf, choose, isBusy = false }: Props) {
  const say = useElderWords()
  const [text, setText] = useState('')
  const homes = useHomes(text)
  const lineOf = ({ address, names }: Home): ReactNode => (
    <span>
      <strong>{names === '' ? address : names}</strong>
      {names !== '' && (
        <>
          <br />
          <span className="soft">{address}</span>
        </>
      )}
    </span>
  )
  return (
    <>
      <input
        value={text}
        onChange={(e) => setText(e.target.value)}
        aria-label={say.find}
        placeholder={say.find}
        autoComplete="off"
      />
      <div className="homes">
        {homes.map((h) =>
          hrefOf ? (
            <a className="answer" key={h.id} href={hrefOf(h.id)}>
              {lineOf(h)}
            </a>
          ) : (
            <button type="button" className="answer" key={h.id} disabled={isBusy} onClick={() => choose?.(h)}>
              {lineOf(h)}
            </button>
          ),
        )}
      </div>
    </>
  )
}
