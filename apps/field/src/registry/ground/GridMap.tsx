import { LocateFixed } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Held } from '@fengge/domain/sync/rows'
import { usePhone } from '../../offline/usePhone.ts'
import { Frame } from '../../shell/Frame.tsx'
import { Icon } from '../../shell/Icon.tsx'
import { useRegistryWords } from '../../words/registry.ts'
import { GroundLines, groundOf } from './Ground.tsx'
import { planeOf, type Plane, type Point } from './project.ts'
import './map.css'

/** As wide as the page of a small phone: marks of it are as large as their numbers say. */
const width = 328
const margin = 26

interface Picked {
  readonly text: string
  readonly href: string
}

/** The own grid drawn from its border, with buildings and open events: no tiles, no line. Where one stands is shown when asked and kept nowhere. */
export function GridMap() {
  const { holdings } = usePhone()
  const say = useRegistryWords()
  const [me, setMe] = useState<Point | null>(null)
  const [picked, setPicked] = useState<Picked | null>(null)
  const ground = useMemo(() => groundOf(holdings), [holdings])
  if (ground.all.length === 0)
    return (
      <Frame title={say.map} back="grid">
        <p className="card soft">{say.noBorder}</p>
      </Frame>
    )
  const plane = planeOf(ground.all, width, margin)
  const events = [...holdings.table('event').values()].filter((e) => e.lng !== null && e.lat !== null)
  return (
    <Frame title={say.map} back="grid">
      <svg className="map" viewBox={`0 0 ${plane.width} ${plane.height}`} role="img" aria-label={say.mapOfGrid}>
        <GroundLines ground={ground} plane={plane} />
        {ground.buildings.map((b) => (
          <g key={b.id} onClick={() => setPicked({ text: say.building(b.no), href: `#grid/b.${b.id}` })}>
            <Spot at={b.at} plane={plane} />
            <text className="map-no" x={plane.at(b.at)[0]} y={plane.at(b.at)[1] + 4}>
              {b.no}
            </text>
          </g>
        ))}
        {events.map((e) => (
          <g key={e.id} onClick={() => setPicked({ text: e.title, href: `#mine/${e.id}` })}>
            <Spot at={[e.lng!, e.lat!]} plane={plane} isEvent />
          </g>
        ))}
        {me && <circle className="map-me" cx={plane.at(me)[0]} cy={plane.at(me)[1]} r="8" />}
      </svg>
      {picked && (
        <a className="card yours" href={picked.href}>
          <strong>{picked.text}</strong>
        </a>
      )}
      {'geolocation' in navigator && (
        <button
          className="button quiet"
          onClick={() =>
            navigator.geolocation.getCurrentPosition(
              (p) => setMe([p.coords.longitude, p.coords.latitude]),
              () => setMe(null),
              { timeout: 8000 },
            )
          }
        >
          <Icon of={LocateFixed} />
          {say.whereAmI}
        </button>
      )}
      <OpenEvents events={events} />
    </Frame>
  )
}

function OpenEvents({ events }: { readonly events: readonly Held['event'][] }) {
  const say = useRegistryWords()
  if (events.length === 0) return null
  return (
    <section aria-label={say.openEvents}>
      <h2>{say.openEvents}</h2>
      <div className="list">
        {events.slice(0, 30).map((e) => (
          <a key={e.id} href={`#mine/${e.id}`}>
            <span className="grow">{e.title}</span>
          </a>
        ))}
      </div>
    </section>
  )
}

/** A mark one sees, and around it as much as a thumb needs. */
function Spot({
  at,
  plane,
  isEvent = false,
}: {
  readonly at: Point
  readonly plane: Plane
  readonly isEvent?: boolean
}) {
  const [x, y] = plane.at(at)
  return (
    <>
      <circle className="map-touch" cx={x} cy={y} r="22" />
      {isEvent ? (
        <path className="map-event" d={`M${x} ${y - 8}l8 8-8 8-8-8Z`} />
      ) : (
        <rect className="map-house" x={x - 11} y={y - 9} width="22" height="18" rx="3" />
      )}
    </>
  )
}
