import { Map as MapIcon, Search } from 'lucide-react'
import { useState } from 'react'
import { dayNumberAt } from '@fengge/domain/kernel/time'
import type { Held } from '@fengge/domain/sync/rows'
import { goneWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { recordKindWords } from '@fengge/web/words/registry.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'
import { Icon } from '../shell/Icon.tsx'
import { useRegistryWords } from '../words/registry.ts'
import { BuildingRooms } from './BuildingRooms.tsx'
import { freshnessOf } from './Fresh.tsx'
import { GridMap } from './ground/GridMap.tsx'
import { HouseSheet } from './HouseSheet.tsx'
import { comingNamed } from './Leaving.tsx'
import { ScanDoor } from './ScanDoor.tsx'
import './house.css'

/** My grid by building: found by name or room, on the map, and one page for a household; all from the phone itself. */
export function GridPages({ at }: { at: string | undefined }) {
  useField()
  const [what, id] = (at ?? '').split('.')
  if (what === 'b' && id) return <BuildingRooms id={id} />
  if (what === 'h' && id) return <HouseSheet id={id} />
  if (what === 'map') return <GridMap />
  return <GridHome />
}

const byNo = (a: { no: string }, b: { no: string }) => a.no.length - b.no.length || (a.no < b.no ? -1 : 1)

function GridHome() {
  const { holdings } = usePhone()
  const { w } = useWords()
  const say = useRegistryWords()
  const [text, setText] = useState('')
  const isSearching = text.trim() !== ''
  const estates = [...holdings.table('estate').values()].toSorted((a, b) => a.name.localeCompare(b.name, 'zh'))
  return (
    <Frame title={say.grid}>
      <div role="search" className="find">
        <span className="box">
          <Icon of={Search} />
          <input
            value={text}
            onChange={(e) => setText(e.target.value)}
            aria-label={say.find}
            placeholder={say.findHint}
            enterKeyHint="search"
          />
        </span>
        <ScanDoor />
      </div>
      {isSearching && <FoundHere text={text.trim()} />}
      {!isSearching && (
        <a className="small go" href="#grid/map">
          <Icon of={MapIcon} />
          {say.map}
        </a>
      )}
      {!holdings.isWhole && <p role="status">{say.fetching}</p>}
      {holdings.isWhole && estates.length === 0 && <p className="card soft">{say.noBuildings}</p>}
      {!isSearching && estates.map((e) => <Estate key={e.id} estate={e} />)}
      {!isSearching && holdings.left.length > 0 && (
        <section aria-label={say.leftLately}>
          <h2>{say.leftLately}</h2>
          {holdings.left.slice(0, 10).map((l, i) => (
            <p className="soft" key={i}>
              {w(recordKindWords, l.kind)} {l.name}：{w(goneWords, l.why)}
            </p>
          ))}
        </section>
      )}
    </Frame>
  )
}

/** What the phone holds by that name or address, also what waits to be sent. */
function FoundHere({ text }: { readonly text: string }) {
  const { holdings, outbox } = usePhone()
  const { w } = useWords()
  const say = useRegistryWords()
  const found = holdings.search(text)
  const coming = comingNamed(outbox.list(), text)
  const home = (personId: string) => [...holdings.table('link').values()].find((l) => l.personId === personId)?.houseId
  const houseOf = (r: { id: string; kind: string }) => {
    if (r.kind === 'house') return r.id
    return r.kind === 'person' ? home(r.id) : undefined
  }
  return (
    <section aria-label={say.found}>
      {coming.map((p) => (
        <a className="card" key={p.id} href={`#grid/h.${p.houseId}`}>
          <strong>{p.name}</strong> <span className={`tag tag-${p.state}`}>{say.waits}</span>
        </a>
      ))}
      {found.length + coming.length === 0 && <p className="card soft">{say.nothingFound}</p>}
      {found.length > 0 && (
        <div className="list">
          {found.map((r) => {
            const house = houseOf(r)
            const held = house === undefined ? undefined : holdings.table('house').get(house)
            const body = (
              <span className="grow">
                <strong>{r.name}</strong>{' '}
                <span className="soft">
                  {w(recordKindWords, r.kind)}
                  {held && r.kind === 'person' ? ` ${holdings.addressOf(held)}` : ''}
                </span>
              </span>
            )
            return house ? (
              <a key={r.id} href={`#grid/h.${house}`}>
                {body}
              </a>
            ) : (
              <p key={r.id}>{body}</p>
            )
          })}
        </div>
      )}
    </section>
  )
}

function Estate({ estate }: { readonly estate: Held['estate'] }) {
  const { holdings, now } = usePhone()
  const say = useRegistryWords()
  const day = dayNumberAt(now())
  const byBuilding = Map.groupBy(holdings.table('house').values(), (h) => h.buildingId ?? '')
  const buildings = [...holdings.table('building').values()].filter((b) => b.estateId === estate.id).toSorted(byNo)
  return (
    <section aria-label={estate.name}>
      <h2>
        {estate.name}
        {estate.hasProperty === false && <span className="soft"> {say.noProperty}</span>}
      </h2>
      <div className="tiles">
        {buildings.map((b) => {
          const rooms = byBuilding.get(b.id) ?? []
          const due = rooms.filter((h) => ['never', 'due'].includes(freshnessOf(h, day))).length
          return (
            <a key={b.id} className="tile" href={`#grid/b.${b.id}`}>
              <strong>{say.building(b.no)}</strong>
              <span className="soft">{say.houses(rooms.length)}</span>
              <svg className="due-bar" viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden>
                <rect width={rooms.length === 0 ? 0 : (due / rooms.length) * 100} height="5" />
              </svg>
              <span className={due > 0 ? 'due' : 'soft'}>{due > 0 ? say.housesDue(due) : say.allFresh}</span>
            </a>
          )
        })}
      </div>
    </section>
  )
}
