import { MapPin } from 'lucide-react'
import { dayNumberAt } from '@fengge/domain/kernel/time'
import type { Held } from '@fengge/domain/sync/rows'
import { useWords } from '@fengge/web/words/language.ts'
import { freshnessWords, sortWords } from '@fengge/web/words/registry.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useActs, usePhone } from '../offline/usePhone.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { Icon } from '../shell/Icon.tsx'
import { useRegistryWords } from '../words/registry.ts'
import { Fresh, freshnessOf } from './Fresh.tsx'

/** A building by floor, each door with what it is used for, who lives there, how fresh that is. */
export function BuildingRooms({ id }: { id: string }) {
  const { holdings } = usePhone()
  const say = useRegistryWords()
  const building = holdings.table('building').get(id)
  const estate = building?.estateId ? holdings.table('estate').get(building.estateId) : undefined
  const rooms = [...holdings.table('house').values()].filter((h) => h.buildingId === id)
  const floorOf = (h: Held['house']) =>
    Number(h.values['floor'] ?? Math.floor((Number.parseInt(h.roomNo, 10) || 0) / 100))
  const floors = [...Map.groupBy(rooms, floorOf)].toSorted(([a], [b]) => a - b)
  return (
    <Frame title={building ? `${estate?.name ?? ''} ${say.building(building.no)}` : say.theBuilding} back="grid">
      {building && building.lng === null && <NoSpot building={building} />}
      {floors.map(([floor, list]) => (
        <section key={floor} aria-label={say.floor(floor)}>
          <h2>{say.floor(floor)}</h2>
          <div className="tiles">
            {list
              .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
              .map((r) => (
                <Room key={r.id} room={r} />
              ))}
          </div>
        </section>
      ))}
    </Frame>
  )
}

const nameOf = (r: Held['house']) => `${r.values['unitNo'] ? `${String(r.values['unitNo'])}-` : ''}${r.roomNo}`

function Room({ room: r }: { readonly room: Held['house'] }) {
  const { holdings, now } = usePhone()
  const { w } = useWords()
  const say = useRegistryWords()
  const how = freshnessOf(r, dayNumberAt(now()))
  return (
    <a className="tile" href={`#grid/h.${r.id}`}>
      <strong>{nameOf(r)}</strong>
      <span className="soft">
        {w(sortWords, r.use)} · {say.people(holdings.linksOf(r.id).length)}
      </span>
      <Fresh how={how}>{w(freshnessWords, how)}</Fresh>
    </a>
  )
}

/** Whoever stands at its foot can say where a building is. */
function NoSpot({ building }: { readonly building: Held['building'] }) {
  const { doAct } = useActs()
  const say = useRegistryWords()
  const doing = useDoing()
  const mark = () =>
    doing.run(async () => {
      const p = await new Promise<GeolocationPosition>((resolve, reject) =>
        navigator.geolocation.getCurrentPosition(resolve, reject, { enableHighAccuracy: true, timeout: 15_000 }),
      )
      await doAct({
        name: 'placeBuilding',
        label: say.markLabel(building.no),
        subject: building.id,
        ask: { id: building.id, lng: p.coords.longitude, lat: p.coords.latitude },
      })
    })
  return (
    <div className="notice">
      <p>{say.noSpot}</p>
      <ErrorNote error={doing.error} />
      <button className="small" disabled={doing.isBusy} onClick={mark}>
        <Icon of={MapPin} />
        {say.markSpot}
      </button>
    </div>
  )
}
