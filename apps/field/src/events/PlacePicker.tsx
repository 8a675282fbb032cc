import { LocateFixed, MapPin } from 'lucide-react'
import { useMemo, useState } from 'react'
import { addressLine } from '@fengge/domain/registry/addresses/address-line'
import type { Holdings } from '@fengge/web/offline/holdings.ts'
import { usePhone } from '../offline/usePhone.ts'
import { GroundLines, groundOf, type Ground } from '../registry/ground/Ground.tsx'
import { metresBetween, planeAround, planeOf, type Plane, type Point } from '../registry/ground/project.ts'
import { Icon } from '../shell/Icon.tsx'
import { useEventsWords } from '../words/events.ts'

/** The picture is as wide as the page; its inner measure is this. */
const width = 328,
  height = 132
/** So far around the place is shown at least, and so far at most, that the nearest building is in the picture. */
const [least, most] = [130, 500]
/** A building so near gives the place its name. */
const nearBy = 90

interface Props {
  readonly point: Point | null
  readonly place: string
  readonly set: (more: { readonly point?: { lng: number; lat: number } | null; readonly place?: string }) => void
}

/** Where it is: a map of the own ground that one taps, the phone's own place, and words. */
export function PlacePicker({ point, place, set }: Props) {
  const { holdings } = usePhone()
  const say = useEventsWords()
  const [isLost, setLost] = useState(false)
  const ground = useMemo(() => groundOf(holdings), [holdings])
  const mark = (at: Point) => {
    const name = nearest(holdings, ground, at)
    const before = point === null ? '' : nearest(holdings, ground, point)
    const isOwn = place.trim() !== '' && place !== (before === '' ? '' : say.near(before))
    setLost(false)
    set({ point: { lng: at[0], lat: at[1] }, ...(isOwn ? {} : { place: name === '' ? '' : say.near(name) }) })
  }
  return (
    <div className="place">
      {ground.all.length > 0 && <PlaceMap ground={ground} point={point} mark={mark} />}
      <div className="place-words">
        <span className="grow">
          <label htmlFor="place" className="hidden">
            {say.place}
          </label>
          <input
            id="place"
            value={place}
            onChange={(e) => set({ place: e.target.value })}
            maxLength={200}
            placeholder={say.placeHint}
          />
          {point !== null && <span className="soft">{say.byMap}</span>}
          {isLost && <span className="due">{say.noPlaceFound}</span>}
        </span>
        {'geolocation' in navigator && (
          <button
            type="button"
            className="small"
            onClick={() =>
              navigator.geolocation.getCurrentPosition(
                (p) => mark([p.coords.longitude, p.coords.latitude]),
                () => setLost(true),
                { timeout: 8000, maximumAge: 60_000 },
              )
            }
          >
            <Icon of={LocateFixed} />
            {say.myPlace}
          </button>
        )}
      </div>
    </div>
  )
}

interface MapProps {
  readonly ground: Ground
  readonly point: Point | null
  readonly mark: (at: Point) => void
}

function PlaceMap({ ground, point, mark }: MapProps) {
  const say = useEventsWords()
  const plane = point ? planeAround(point, reachOf(ground, point), width, height) : wholeIn(ground)
  return (
    <svg
      className="place-map"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label={say.mapOfPlace}
      onClick={(e) => mark(touched(e, plane))}
    >
      <GroundLines ground={ground} plane={plane} />
      {ground.buildings.map((b) => {
        const [x, y] = plane.at(b.at)
        if (x < -20 || x > width + 20 || y < -20 || y > height + 20) return null
        return point ? (
          <g key={b.id}>
            <rect className="ground-house" x={x - 15} y={y - 9} width="30" height="18" rx="2" />
            <text x={x} y={y + 4} className="ground-no">
              {b.no}
            </text>
          </g>
        ) : (
          <rect key={b.id} className="ground-house" x={x - 3} y={y - 2} width="6" height="4" />
        )
      })}
      {point && (
        <g transform={`translate(${width / 2 - 14} ${height / 2 - 26})`} className="place-pin">
          <MapPin width="28" height="28" strokeWidth={1.5} aria-hidden />
        </g>
      )}
    </svg>
  )
}

/** Where on the ground a finger came down; the picture is cut to its frame about its middle. */
function touched(e: { readonly clientX: number; readonly clientY: number; readonly currentTarget: Element }, p: Plane) {
  const box = e.currentTarget.getBoundingClientRect()
  const scale = Math.max(box.width / width, box.height / height)
  const x = (e.clientX - box.left - box.width / 2) / scale + width / 2
  const y = (e.clientY - box.top - box.height / 2) / scale + height / 2
  return p.back(x, y)
}

function reachOf(ground: Ground, at: Point): number {
  const nearest = Math.min(most, ...ground.buildings.map((b) => metresBetween(b.at, at)))
  return Math.min(most, Math.max(least, nearest * 2.6))
}

/** All of the own grid within the frame. */
function wholeIn(ground: Ground): Plane {
  const plane = planeOf(ground.all, width, 8)
  const lngs = ground.all.map((p) => p[0]),
    lats = ground.all.map((p) => p[1])
  const middle: Point = [(Math.min(...lngs) + Math.max(...lngs)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2]
  const metres = metresBetween([Math.min(...lngs), middle[1]], [Math.max(...lngs), middle[1]]) / 2
  const tall = metresBetween([middle[0], Math.min(...lats)], [middle[0], Math.max(...lats)]) / 2
  const reach = Math.max(metres, (tall * width) / height, 50)
  return plane.height <= height ? plane : planeAround(middle, reach * 1.1, width, height)
}

/** The building that is nearest, by its address; empty where none is near. */
function nearest(holdings: Holdings, ground: Ground, at: Point): string {
  const [best] = ground.buildings
    .map((b) => ({ b, far: metresBetween(b.at, at) }))
    .filter((x) => x.far <= nearBy)
    .toSorted((a, b) => a.far - b.far)
  if (!best) return ''
  const estate = best.b.estateId === null ? undefined : holdings.table('estate').get(best.b.estateId)
  return addressLine({ estate: estate?.name, building: best.b.no })
}
