import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Alert, Button, Input, Space, Spin, Tag, Tree } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { getPlace, searchPlaces } from '@fengge/domain/places/contract'
import type { Place } from '@fengge/domain/places/terms'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { dedicatedWords, gridKindWords, sizeWords, terrainWords, tierWords } from '@fengge/web/words/terms.ts'
import { has, useMe } from '../shell/useMe.ts'
import { Foldings } from './Foldings.tsx'
import { GridButton } from './GridButton.tsx'
import { NetCheck } from './NetCheck.tsx'
import { NetOrders } from './NetOrders.tsx'
import { NetTools } from './NetTools.tsx'
import { usePlaceTree } from './usePlaces.ts'
import { WeightsButton } from './WeightsButton.tsx'

const NetMap = lazy(() => import('./NetMap.tsx').then((m) => ({ default: m.NetMap })))

/** The tree, the map of what lies below a place, its check, and the tools that change the net. */
export function PlacesPage() {
  const { t } = useWords()
  const me = useMe()
  const tree = usePlaceTree()
  // The finder of the bar leads to one by the address; what is opened here afterwards stands before it.
  const { at } = useSearch({ strict: false }) as { readonly at?: string }
  const [opened, setOpened] = useState<{ readonly id: string; readonly at: string | undefined } | undefined>()
  const [chosen, setChosen] = useState<string[]>([])
  const [faults, setFaults] = useState<readonly unknown[]>([])
  const [draw, setDraw] = useState<((ring: [number, number][]) => void) | undefined>()
  const place = (opened?.at === at ? opened?.id : undefined) ?? at ?? me.data?.postings[0]?.placeId
  const open = (next: string) => {
    setOpened({ id: next, at })
    setChosen([])
    setFaults([])
  }
  const toggle = (gridId: string) =>
    setChosen((known) => (known.includes(gridId) ? known.filter((x) => x !== gridId) : [...known, gridId]))
  return (
    <div className="split">
      <section className="panel">
        <PlaceSearch open={open} />
        <Tree
          key={tree.data.length === 0 ? 'a' : 'b'}
          treeData={nest(tree.data)}
          loadData={(n) => tree.load({ value: n.key })}
          selectedKeys={place ? [place] : []}
          onSelect={([key]) => {
            if (key) open(String(key))
          }}
          height={620}
          virtual
          aria-label={t('区域树', 'Tree of areas')}
        />
      </section>
      <div>
        {place && <PlaceHead key={place} id={place} onCheck={setFaults} />}
        <Suspense fallback={<Spin />}>
          <NetMap parentId={place} chosen={chosen} onChoose={toggle} faults={faults} onDrawn={draw} />
        </Suspense>
        {place && has(me.data, 'net.edit') && (
          <NetTools
            parentId={place}
            chosen={chosen}
            choose={setChosen}
            setDraw={(f) => setDraw(() => f)}
            isDrawing={draw !== undefined}
          />
        )}
        {has(me.data, 'net.edit') && <NetOrders />}
        {has(me.data, 'net.edit') && <Foldings />}
      </div>
    </div>
  )
}

interface Nested {
  key: string
  title: string
  isLeaf: boolean
  children?: Nested[]
}
function nest(nodes: ReturnType<typeof usePlaceTree>['data']): Nested[] {
  const kids = Map.groupBy(nodes, (n) => n.pId)
  const build = (n: (typeof nodes)[number]): Nested => {
    const below = kids.get(n.id)
    return { key: n.id, title: n.title, isLeaf: n.isLeaf, ...(below ? { children: below.map(build) } : {}) }
  }
  return (kids.get(null) ?? []).map(build)
}

function PlaceSearch({ open }: { readonly open: (id: string) => void }) {
  const { t, w } = useWords()
  const [text, setText] = useState('')
  const found = useQuery({
    queryKey: ['place-search', text],
    queryFn: () => call(searchPlaces, { text }),
    enabled: text.trim() !== '',
    placeholderData: (previous) => previous,
  })
  return (
    <div style={{ marginBottom: 12 }}>
      <Input
        allowClear
        value={text}
        onChange={(e) => setText(e.target.value)}
        placeholder={t('名称、拼音、首字母或编码', 'Name, pinyin, initials or code')}
        aria-label={t('查找区域', 'Find a place')}
      />
      {text.trim() !== '' && (
        <ul className="queue" style={{ maxHeight: 300 }}>
          {(found.data?.places ?? []).map((p) => (
            <li key={p.id}>
              <button
                onClick={() => {
                  open(p.id)
                  setText('')
                }}
              >
                {p.name} <Tag>{w(tierWords, p.tier)}</Tag>
                <div className="soft">
                  {p.trail.join(' · ')} {p.code}
                </div>
              </button>
            </li>
          ))}
          {found.data?.places.length === 0 && <li style={{ padding: 12 }}>{t('没有找到', 'Nothing found')}</li>}
        </ul>
      )}
    </div>
  )
}

function PlaceTags({ place: p }: { readonly place: Place }) {
  const { w } = useWords()
  return (
    <>
      <Tag>{p.kind ? w(gridKindWords, p.kind) : w(tierWords, p.tier)}</Tag>
      {p.dedicatedKind && <Tag>{w(dedicatedWords, p.dedicatedKind)}</Tag>}
      {p.terrain !== 'plain' && <Tag>{w(terrainWords, p.terrain)}</Tag>}
    </>
  )
}

function PlaceHead({ id, onCheck }: { id: string; readonly onCheck: (faults: readonly unknown[]) => void }) {
  const { t, w, fault } = useWords()
  const place = useQuery({ queryKey: ['place', id], queryFn: () => call(getPlace, { id }) })
  const [isChecked, setChecked] = useState(false)
  if (place.error) return <Alert type="error" title={fault(place.error)} role="alert" />
  if (!place.data) return <Spin />
  const p = place.data.place
  return (
    <div className="panel" style={{ marginBottom: 12 }}>
      <h2 style={{ margin: 0 }}>
        {p.name} <PlaceTags place={p} />
      </h2>
      <p className="soft">
        {place.data.trail.map((x) => x.name).join(' · ')} · {p.code} · {t(`自 ${p.validFrom}`, `since ${p.validFrom}`)}
        {place.data.areaM2 ? ` · ${(place.data.areaM2 / 1e6).toFixed(2)} km²` : ''}
        {p.households === null
          ? ''
          : t(
              ` · ${p.households} 户 ${p.people ?? '—'} 人 · ${w(sizeWords, place.data.size)}${p.normReason ? `（${p.normReason}）` : ''}`,
              ` · ${p.households} households, ${p.people ?? '—'} people · ${w(sizeWords, place.data.size)}`,
            )}
      </p>
      {place.data.history.length > 0 && (
        <p className="soft">
          {place.data.history
            .slice(0, 4)
            .map(
              (h) =>
                `${h.on} ${t({ split: '拆分', merge: '合并', close: '撤销', border: '调界', open: '新建', rename: '更名' }[h.kind] ?? h.kind, h.kind)} ${h.fromNames.join('、')} → ${h.toNames.join('、')}`,
            )
            .join('；')}
        </p>
      )}
      <Space>
        <Button onClick={() => setChecked(true)}>{t('网格体检', 'Check the net')}</Button>
        <Button href={`/api/places/borders?parentId=${id}`} target="_blank">
          GeoJSON WGS-84
        </Button>
        <Button href={`/api/places/borders?parentId=${id}&datum=gcj02`} target="_blank">
          GeoJSON GCJ-02
        </Button>
        <GridButton place={p} can={place.data.can} />
        {p.tier === 'county' && <WeightsButton countyId={p.id} canEdit={place.data.can.includes('net.edit')} />}
      </Space>
      {isChecked && <NetCheck parentId={id} show={onCheck} />}
    </div>
  )
}
