import { getPublicSettings } from '@fengge/domain/kernel/contract'
import { useQuery } from '@tanstack/react-query'
import {
  Map as MapLibre,
  setWorkerUrl,
  type GeoJSONSource,
  type LngLatBoundsLike,
  type StyleSpecification,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import 'maplibre-gl/dist/maplibre-gl.css'
import { useEffect, useRef, useState } from 'react'
import { getBorders } from '@fengge/domain/places/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'

setWorkerUrl(workerUrl)

export interface MapPoint {
  id: string
  lng: number
  lat: number
  title: string
}
interface Props {
  className?: string
  parentId: string | undefined
  points?: readonly MapPoint[]
  faults?: readonly unknown[]
  chosen?: readonly string[]
  onChoose?: (id: string) => void
  /** While set, clicks draw a ring; double click or Enter ends it. */
  onDrawn?: ((ring: [number, number][]) => void) | undefined
}
const empty = { type: 'FeatureCollection' as const, features: [] as never[] }

const plain: StyleSpecification = {
  version: 8,
  sources: {},
  layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#eef2f6' } }],
}

/** The base map that the installation names, or a plain ground when there is none or it does not answer. */
async function findGround(): Promise<string | StyleSpecification> {
  try {
    const { mapStyle } = await call(getPublicSettings, {})
    if (mapStyle === null || !(await fetch(mapStyle)).ok) return plain
    return mapStyle
  } catch {
    return plain
  }
}

/** Draws the net by itself, without any outside tiles; a base map is a setting of the installation. */
export function NetMap({
  className = 'map',
  parentId,
  points = [],
  faults = [],
  chosen = [],
  onChoose,
  onDrawn,
}: Props) {
  const { t } = useWords()
  const box = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<MapLibre | null>(null)
  const borders = useQuery({
    queryKey: ['borders', parentId],
    queryFn: () => call(getBorders, { parentId: parentId! }),
    enabled: parentId !== undefined,
  })
  const ground = useQuery({ queryKey: ['ground'], queryFn: findGround, staleTime: Infinity })
  useEffect(() => {
    if (!box.current || !ground.data) return
    const made = new MapLibre({
      container: box.current,
      style: ground.data,
      center: [120.25, 31.67],
      zoom: 10,
      attributionControl: false,
      doubleClickZoom: false,
    })
    made.on('load', () => {
      for (const id of ['net', 'points', 'faults', 'draft'])
        made.addSource(id, { type: 'geojson', data: empty, promoteId: 'id' })
      made.addLayer({
        id: 'fill',
        type: 'fill',
        source: 'net',
        filter: ['!', ['get', 'isParent']],
        paint: {
          'fill-color': ['match', ['get', 'kind'], 'dedicated', '#b7791f', '#1456b8'],
          'fill-opacity': ['case', ['boolean', ['feature-state', 'chosen'], false], 0.45, 0.14],
        },
      })
      made.addLayer({
        id: 'line',
        type: 'line',
        source: 'net',
        paint: {
          'line-color': ['case', ['get', 'isParent'], '#1d2129', '#1456b8'],
          'line-width': ['case', ['get', 'isParent'], 2.5, 1],
        },
      })
      made.addLayer({
        id: 'fault',
        type: 'fill',
        source: 'faults',
        paint: { 'fill-color': '#b42318', 'fill-opacity': 0.5 },
      })
      made.addLayer({
        id: 'fault-line',
        type: 'line',
        source: 'faults',
        paint: { 'line-color': '#b42318', 'line-width': 3 },
      })
      made.addLayer({
        id: 'point',
        type: 'circle',
        source: 'points',
        paint: {
          'circle-radius': 8,
          'circle-color': '#b42318',
          'circle-stroke-color': '#fff',
          'circle-stroke-width': 2,
        },
      })
      made.addLayer({
        id: 'draft',
        type: 'line',
        source: 'draft',
        paint: { 'line-color': '#b42318', 'line-width': 2, 'line-dasharray': [2, 1] },
      })
      setMap(made)
    })
    return () => {
      setMap(null)
      made.remove()
    }
  }, [ground.data])
  useEffect(() => {
    if (!map || !borders.data) return
    const source = map.getSource<GeoJSONSource>('net')
    void source?.setData(borders.data as never)
    const bounds = boundsOf(borders.data.features as { geometry: { coordinates: unknown } }[])
    if (bounds) map.fitBounds(bounds, { padding: 24, duration: 0 })
  }, [map, borders.data])
  useEffect(() => {
    void map?.getSource<GeoJSONSource>('points')?.setData({
      type: 'FeatureCollection',
      features: points.map((p) => ({
        type: 'Feature',
        properties: { id: p.id, title: p.title },
        geometry: { type: 'Point', coordinates: [p.lng, p.lat] },
      })),
    })
  }, [map, points])
  useEffect(() => {
    void map?.getSource<GeoJSONSource>('faults')?.setData({
      type: 'FeatureCollection',
      features: faults.filter(Boolean).map((geometry) => ({ type: 'Feature', properties: {}, geometry })) as never,
    })
  }, [map, faults])
  useEffect(() => {
    if (!map) return
    for (const id of chosen) map.setFeatureState({ source: 'net', id }, { chosen: true })
    return () => {
      if (map.getSource('net')) map.removeFeatureState({ source: 'net' })
    }
  }, [map, chosen, borders.data])
  useDrawing(map, onDrawn, onChoose)
  return (
    <div
      className={className}
      ref={box}
      role="application"
      aria-label={t('网格地图', 'Grid map')}
      data-ready={map !== null && borders.data !== undefined}
    />
  )
}

function useDrawing(map: MapLibre | null, onDrawn: Props['onDrawn'], onChoose: Props['onChoose']): void {
  useEffect(() => {
    if (!map) return
    const ring: [number, number][] = []
    const show = () =>
      map
        .getSource<GeoJSONSource>('draft')
        ?.setData({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: ring } })
    const click = (e: { lngLat: { lng: number; lat: number }; point: { x: number; y: number } }) => {
      if (!onDrawn) {
        const hit = map.queryRenderedFeatures([e.point.x, e.point.y], { layers: ['fill'] })[0]
        if (hit && onChoose) onChoose(String(hit.properties['id']))
        return
      }
      ring.push([round(e.lngLat.lng), round(e.lngLat.lat)])
      void show()
    }
    const end = () => {
      if (!onDrawn || ring.length < 3) return
      const closed = ring.filter((p, i) => i === 0 || p[0] !== ring[i - 1]![0] || p[1] !== ring[i - 1]![1])
      onDrawn([...closed, closed[0]!])
      ring.length = 0
      void show()
    }
    const key = (e: KeyboardEvent) => {
      if (!onDrawn) return
      // The button that began the drawing still has the focus: Enter must not press it again.
      if (e.key === 'Enter') {
        e.preventDefault()
        end()
      }
      if (e.key === 'Escape') {
        ring.length = 0
        void show()
      }
    }
    map.on('click', click)
    map.on('dblclick', end)
    window.addEventListener('keydown', key)
    map.getCanvas().style.cursor = onDrawn ? 'crosshair' : ''
    return () => {
      map.off('click', click)
      map.off('dblclick', end)
      window.removeEventListener('keydown', key)
      void map.getSource<GeoJSONSource>('draft')?.setData(empty)
    }
  }, [map, onDrawn, onChoose])
}
const round = (n: number) => Math.round(n * 1e6) / 1e6

function boundsOf(features: readonly { geometry: { coordinates: unknown } }[]): LngLatBoundsLike | undefined {
  const box = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number]
  const walk = (c: unknown): void => {
    if (!Array.isArray(c)) return
    if (typeof c[0] === 'number') {
      box[0] = Math.min(box[0], c[0])
      box[1] = Math.min(box[1], c[1] as number)
      box[2] = Math.max(box[2], c[0])
      box[3] = Math.max(box[3], c[1] as number)
    } else c.forEach(walk)
  }
  features.forEach((f) => walk(f.geometry.coordinates))
  return Number.isFinite(box[0]) ? box : undefined
}
