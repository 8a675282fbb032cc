import { useState } from 'react'
import { useWords } from '@fengge/web/words/language.ts'
import type { Held } from '@fengge/domain/sync/rows'
import { dayNumberAt } from '@fengge/domain/kernel/time'
import { goneWords } from '@fengge/web/words/field.ts'
import { freshnessWords, recordKindWords, sortWords } from '@fengge/web/words/registry.ts'
import { useActs, useField, usePhone } from '../offline/usePhone.ts'
import { useDoing } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { GridMap } from './GridMap.tsx'
import { HouseSheet } from './HouseSheet.tsx'
import { comingNamed } from './Leaving.tsx'
import { ScanDoor } from './ScanDoor.tsx'

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
  const { holdings, now, outbox } = usePhone()
  const { t, w } = useWords()
  const [text, setText] = useState('')
  const found = text.trim() === '' ? null : holdings.search(text)
  const coming = text.trim() === '' ? [] : comingNamed(outbox.list(), text.trim())
  const day = dayNumberAt(now())
  const houses = [...holdings.table('house').values()]
  const byBuilding = Map.groupBy(houses, (h) => h.buildingId ?? '')
  const buildings = [...holdings.table('building').values()].toSorted(byNo)
  const estates = [...holdings.table('estate').values()].toSorted((a, b) => a.name.localeCompare(b.name, 'zh'))
  const home = (personId: string) => [...holdings.table('link').values()].find((l) => l.personId === personId)?.houseId
  const houseOf = (r: { id: string; kind: string }) => {
    if (r.kind === 'house') return r.id
    return r.kind === 'person' ? home(r.id) : undefined
  }
  return (
    <Frame title={t('我的网格', 'My grid')} extra={<ScanDoor />}>
      <div role="search" className="row">
        <input
          value={text}
          onChange={(e) => setText(e.target.value)}
          aria-label={t('查找住户、地址', 'Find people or addresses')}
          placeholder={t('姓名、手机后四位、地址', 'Name, last four digits, address')}
          enterKeyHint="search"
        />
      </div>
      {found && (
        <section aria-label={t('查找结果', 'Found')}>
          {coming.map((p) => (
            <a className="card" key={p.id} href={`#grid/h.${p.houseId}`}>
              <strong>{p.name}</strong> <span className={`tag tag-${p.state}`}>{t('待送出', 'Waits')}</span>
            </a>
          ))}
          {found.length + coming.length === 0 && (
            <p className="card soft">{t('手机里没有找到。', 'Nothing found on this phone.')}</p>
          )}
          {found.map((r) => {
            const house = houseOf(r)
            const body = (
              <>
                <strong>{r.name}</strong>{' '}
                <span className="soft">
                  {w(recordKindWords, r.kind)}
                  {house && r.kind === 'person' ? ` ${holdings.addressOf(holdings.table('house').get(house)!)}` : ''}
                </span>
              </>
            )
            return house ? (
              <a className="card" key={r.id} href={`#grid/h.${house}`}>
                {body}
              </a>
            ) : (
              <p className="card" key={r.id}>
                {body}
              </p>
            )
          })}
        </section>
      )}
      <a className="small go" href="#grid/map">
        {t('地图', 'Map')}
      </a>
      {!holdings.isWhole && <p role="status">{t('正在取回网格资料…', 'Fetching the grid …')}</p>}
      {holdings.isWhole && estates.length === 0 && (
        <p className="card soft">{t('网格里还没有楼栋登记。', 'No buildings are registered in this grid yet.')}</p>
      )}
      {found === null &&
        estates.map((e) => (
          <section key={e.id}>
            <h2>
              {e.name}
              {e.hasProperty === false && <span className="soft"> {t('无物业', 'no property management')}</span>}
            </h2>
            <div className="tiles">
              {buildings
                .filter((b) => b.estateId === e.id)
                .map((b) => {
                  const rooms = byBuilding.get(b.id) ?? []
                  const due = rooms.filter((h) => h.isNew || (h.dueDay !== null && h.dueDay <= day)).length
                  return (
                    <a key={b.id} className="tile" href={`#grid/b.${b.id}`}>
                      <strong>{t(`${b.no} 幢`, `Building ${b.no}`)}</strong>
                      <span className="soft">{t(`${rooms.length} 户`, `${rooms.length} houses`)}</span>
                      {due > 0 && <span className="due">{t(`${due} 户待核实`, `${due} due`)}</span>}
                    </a>
                  )
                })}
            </div>
          </section>
        ))}
      {holdings.left.length > 0 && (
        <section>
          <h2>{t('近期移出', 'Left lately')}</h2>
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

function freshnessOf(house: Held['house'], day: number): 'never' | 'due' | 'soon' | 'fresh' {
  if (house.isNew) return 'never'
  if (house.dueDay === null || house.dueDay <= day) return 'due'
  return house.dueDay <= day + 30 ? 'soon' : 'fresh'
}

function BuildingRooms({ id }: { id: string }) {
  const { holdings, now } = usePhone()
  const { doAct } = useActs()
  const { t, w } = useWords()
  const doing = useDoing()
  const building = holdings.table('building').get(id)
  const estate = building?.estateId ? holdings.table('estate').get(building.estateId) : undefined
  const day = dayNumberAt(now())
  const rooms = [...holdings.table('house').values()].filter((h) => h.buildingId === id)
  const floorOf = (h: Held['house']) =>
    Number(h.values['floor'] ?? Math.floor((Number.parseInt(h.roomNo, 10) || 0) / 100))
  const floors = [...Map.groupBy(rooms, floorOf)].toSorted(([a], [b]) => a - b)
  const mark = () =>
    doing.run(async () => {
      const p = await new Promise<GeolocationPosition>((resolve, reject) =>
        navigator.geolocation.getCurrentPosition(resolve, reject, { enableHighAccuracy: true, timeout: 15_000 }),
      )
      await doAct({
        name: 'placeBuilding',
        label: t(`标注 ${building?.no} 幢位置`, `Place of building ${building?.no}`),
        subject: id,
        ask: { id, lng: p.coords.longitude, lat: p.coords.latitude },
      })
    })
  return (
    <Frame
      title={
        building ? `${estate?.name ?? ''} ${t(`${building.no} 幢`, `building ${building.no}`)}` : t('楼栋', 'Building')
      }
      back="grid"
    >
      {building && building.lng === null && (
        <p className="notice">
          {t('还没有标注位置，走访路线排不进来。', 'Its place is not marked, so no walk can include it.')}{' '}
          <button className="small" disabled={doing.isBusy} onClick={mark}>
            {t('我在楼下，标注', 'I stand here: mark it')}
          </button>
        </p>
      )}
      <ErrorNote error={doing.error} />
      {floors.map(([floor, list]) => (
        <section key={floor} aria-label={t(`${floor} 层`, `Floor ${floor}`)}>
          <h2>{t(`${floor} 层`, `Floor ${floor}`)}</h2>
          <div className="tiles">
            {list
              .toSorted((a, b) => (a.roomNo < b.roomNo ? -1 : 1))
              .map((r) => (
                <a key={r.id} className={`tile tile-${freshnessOf(r, day)}`} href={`#grid/h.${r.id}`}>
                  <strong>
                    {r.values['unitNo'] ? `${String(r.values['unitNo'])}-` : ''}
                    {r.roomNo}
                  </strong>
                  <span className="soft">
                    {w(sortWords, r.use)} ·{' '}
                    {t(`${holdings.linksOf(r.id).length} 人`, `${holdings.linksOf(r.id).length}`)}
                  </span>
                  <span className={freshnessOf(r, day) === 'due' || freshnessOf(r, day) === 'never' ? 'due' : 'soft'}>
                    {w(freshnessWords, freshnessOf(r, day))}
                  </span>
                </a>
              ))}
          </div>
        </section>
      ))}
    </Frame>
  )
}
