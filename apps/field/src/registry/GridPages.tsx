import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getBuilding, listDue, listGrid, searchRegistry } from '@fengge/domain/registry/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { freshnessWords, recordKindWords, sortWords } from '@fengge/web/words/registry.ts'
import { HouseSheet } from './HouseSheet.tsx'
import { ScanDoor } from './ScanDoor.tsx'

/** My grid by building: what is due first, then every building, its rooms, and one page for a household. */
export function GridPages({ at }: { at: string | undefined }) {
  const [what, id] = (at ?? '').split('.')
  if (what === 'b' && id) return <BuildingRooms id={id} />
  if (what === 'h' && id) return <HouseSheet id={id} />
  return <GridHome />
}

function GridHome() {
  const { t, w, fault } = useWords()
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const grid = useQuery({ queryKey: ['grid'], queryFn: () => call(listGrid, {}) })
  const due = useQuery({ queryKey: ['due-houses'], queryFn: () => call(listDue, { kind: 'house', size: 5 }) })
  const found = useQuery({ queryKey: ['search', asked], queryFn: () => call(searchRegistry, { text: asked }), enabled: asked !== '' })
  return (
    <>
      <header className="top"><h1>{t('我的网格', 'My grid')}</h1><ScanDoor /></header>
      <main>
        <form role="search" onSubmit={(e) => { e.preventDefault(); setAsked(text.trim()) }} className="row"><input value={text} onChange={(e) => setText(e.target.value)} aria-label={t('查找住户、地址', 'Find people or addresses')} placeholder={t('姓名、手机、地址', 'Name, phone, address')} enterKeyHint="search" /><button className="small">{t('查找', 'Find')}</button></form>
        {found.error ? <p className="error" role="alert">{fault(found.error)}</p> : null}
        {found.data && <section aria-label={t('查找结果', 'Found')}>{found.data.records.length === 0 && <p className="card soft">{t('没有找到', 'Nothing found')}</p>}{found.data.records.map((r) => (r.kind === 'house' ? <a className="card" key={r.id} href={`#grid/h.${r.id}`}><strong>{r.name}</strong> <span className="soft">{w(sortWords, r.sort)}</span></a> : <p className="card" key={r.id}><strong>{r.name}</strong> <span className="soft">{w(recordKindWords, r.kind)} {w(sortWords, r.sort)} {r.note}</span></p>))}</section>}
        {(due.data?.records.length ?? 0) > 0 && <section><h2>{t('先核实这几户', 'Verify these first')}</h2>{due.data!.records.map((r) => <a className="card" key={r.id} href={`#grid/h.${r.id}`}><strong>{r.name}</strong><div className="soft">{w(sortWords, r.sort)} · {t('已到核实期限', 'due')}</div></a>)}</section>}
        {grid.error ? <p className="error" role="alert">{fault(grid.error)}</p> : null}
        {grid.isPending && <p role="status">{t('正在读取…', 'Loading …')}</p>}
        {grid.data?.estates.length === 0 && <p className="card soft">{t('网格里还没有楼栋登记。', 'No buildings are registered in this grid yet.')}</p>}
        {grid.data?.estates.map((e) => <section key={e.id}><h2>{e.name}{e.hasProperty === false && <span className="soft"> {t('无物业', 'no property management')}</span>}</h2><div className="tiles">{e.buildings.map((b) => <a key={b.id} className="tile" href={`#grid/b.${b.id}`}><strong>{t(`${b.no} 幢`, `Building ${b.no}`)}</strong><span className="soft">{t(`${b.houses} 户`, `${b.houses} houses`)}</span>{b.due > 0 && <span className="due">{t(`${b.due} 户待核实`, `${b.due} due`)}</span>}</a>)}</div></section>)}
      </main>
    </>
  )
}

function BuildingRooms({ id }: { id: string }) {
  const { t, w, fault } = useWords()
  const page = useQuery({ queryKey: ['building', id], queryFn: () => call(getBuilding, { id }) })
  const floors = [...Map.groupBy(page.data?.rooms ?? [], (r) => r.floor)].toSorted(([a], [b]) => a - b)
  return (
    <>
      <header className="top"><button className="small" onClick={() => { location.hash = 'grid' }}>{t('返回', 'Back')}</button><h1>{page.data ? `${page.data.estateName} ${t(`${page.data.building.name} 幢`, `building ${page.data.building.name}`)}` : ''}</h1></header>
      <main>
        {page.error ? <p className="error" role="alert">{fault(page.error)}</p> : null}
        {floors.map(([floor, rooms]) => <section key={floor} aria-label={t(`${floor} 层`, `Floor ${floor}`)}><h2>{t(`${floor} 层`, `Floor ${floor}`)}</h2><div className="tiles">{rooms.map((r) => <a key={r.id} className={`tile tile-${r.freshness}`} href={`#grid/h.${r.id}`}><strong>{r.unitNo !== '' && `${r.unitNo}-`}{r.roomNo}</strong><span className="soft">{w(sortWords, r.use)} · {t(`${r.people} 人`, `${r.people}`)}</span><span className={r.freshness === 'due' || r.freshness === 'never' ? 'due' : 'soft'}>{w(freshnessWords, r.freshness)}</span></a>)}</div></section>)}
      </main>
    </>
  )
}
