import { useState } from 'react'
import { useWords } from '@fengge/web/words/language.ts'
import { usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'

type Point = readonly [number, number]

/** The own grid drawn from its border, with buildings and open events: no tiles, no line. Where one stands is shown when asked and kept nowhere. */
export function GridMap() {
  const { holdings } = usePhone()
  const { t } = useWords()
  const [me, setMe] = useState<Point | null>(null)
  const [picked, setPicked] = useState<{ text: string; href: string } | null>(null)
  const places = holdings.config?.places ?? [],
    borders = holdings.config?.borders ?? []
  const own = new Set(places.filter((p) => p.isMine).map((p) => p.id))
  const shapes = borders.map((b) => ({ id: b.id, isMine: own.has(b.id), rings: b.geometry.coordinates.flat() }))
  const points = shapes.filter((s) => s.isMine).flatMap((s) => s.rings.flat())
  const buildings = [...holdings.table('building').values()].filter((b) => b.lng !== null)
  const events = [...holdings.table('event').values()].filter((e) => e.lng !== null)
  const all = points.length > 0 ? points : buildings.map((b): Point => [b.lng!, b.lat!])
  if (all.length === 0)
    return (
      <Frame title={t('地图', 'Map')} back="grid">
        <p className="card soft">{t('网格还没有划边界。', 'The grid has no border yet.')}</p>
      </Frame>
    )
  const [west, east] = [Math.min(...all.map((p) => p[0])), Math.max(...all.map((p) => p[0]))],
    [south, north] = [Math.min(...all.map((p) => p[1])), Math.max(...all.map((p) => p[1]))]
  const shrink = Math.cos((south * Math.PI) / 180)
  const scale = 900 / Math.max((east - west) * shrink, north - south, 1e-5)
  const at = (p: Point): string =>
    `${((p[0] - west) * shrink * scale + 50).toFixed(1)},${((north - p[1]) * scale + 50).toFixed(1)}`
  const x = (p: Point) => Number(at(p).split(',')[0]),
    y = (p: Point) => Number(at(p).split(',')[1])
  const width = (east - west) * shrink * scale + 100,
    height = (north - south) * scale + 100
  return (
    <Frame title={t('地图', 'Map')} back="grid">
      <svg
        className="map"
        viewBox={`0 0 ${width.toFixed(0)} ${height.toFixed(0)}`}
        role="img"
        aria-label={t('网格地图', 'Map of the grid')}
      >
        {shapes.map((s) =>
          s.rings.map((ring, i) => (
            <polygon
              key={`${s.id}${i}`}
              points={ring.map(at).join(' ')}
              fill={s.isMine ? '#e8f1ff' : '#f4f6f9'}
              stroke={s.isMine ? '#1456b8' : '#c3c9d3'}
              strokeWidth={s.isMine ? 5 : 2}
            />
          )),
        )}
        {buildings.map((b) => (
          <g
            key={b.id}
            onClick={() => setPicked({ text: t(`${b.no} 幢`, `Building ${b.no}`), href: `#grid/b.${b.id}` })}
          >
            <rect
              x={x([b.lng!, b.lat!]) - 14}
              y={y([b.lng!, b.lat!]) - 14}
              width="28"
              height="28"
              rx="5"
              fill="#fff"
              stroke="#4b5563"
              strokeWidth="2.5"
            />
            <text x={x([b.lng!, b.lat!])} y={y([b.lng!, b.lat!]) + 7} fontSize="19" textAnchor="middle">
              {b.no}
            </text>
          </g>
        ))}
        {events.map((e) => (
          <circle
            key={e.id}
            cx={x([e.lng!, e.lat!])}
            cy={y([e.lng!, e.lat!])}
            r="14"
            fill="#b42318"
            stroke="#fff"
            strokeWidth="3"
            onClick={() => setPicked({ text: e.title, href: `#mine/${e.id}` })}
          />
        ))}
        {me && <circle cx={x(me)} cy={y(me)} r="13" fill="#1f7a3a" stroke="#fff" strokeWidth="4" />}
      </svg>
      {picked && (
        <a className="card" href={picked.href}>
          <strong>{picked.text}</strong>
        </a>
      )}
      {'geolocation' in navigator && (
        <button
          className="button plain"
          onClick={() =>
            navigator.geolocation.getCurrentPosition(
              (p) => setMe([p.coords.longitude, p.coords.latitude]),
              () => setMe(null),
              { timeout: 8000 },
            )
          }
        >
          {t('我在哪里（不记录）', 'Where I am (not kept)')}
        </button>
      )}
      <h2>{t('未结事件', 'Open events')}</h2>
      {events.slice(0, 30).map((e) => (
        <a className="card" key={e.id} href={`#mine/${e.id}`}>
          {e.title}
        </a>
      ))}
    </Frame>
  )
}
