import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button, Space, Spin } from 'antd'
import { useState } from 'react'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { getBuilding } from '@fengge/domain/registry/contract'
import { layOutFloors } from '@fengge/domain/registry/floors'
import { call } from '@fengge/web/api/call.ts'
import { counted } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { freshnessWords, sortWords } from '@fengge/web/words/registry.ts'
import { CloseButton } from './closing/CloseButton.tsx'
import { RecordClosings } from './closing/Closings.tsx'
import { RecordForm } from './RecordForm.tsx'

/** A building as a table of floors and rooms; colour and word tell how fresh each room is. */
export function BuildingPage() {
  const { t, w, fault } = useWords()
  const { id } = useParams({ strict: false }) as { id: string }
  const page = useQuery({ queryKey: ['building', id], queryFn: () => call(getBuilding, { id }) })
  const [adds, setAdds] = useState(false)
  if (page.error) return <Alert type="error" role="alert" title={fault(page.error)} />
  if (!page.data) return <Spin />
  return (
    <div className="panel">
      <h2 style={{ marginTop: 0 }}>
        {page.data.estateName}
        {t(`${page.data.building.name} 幢`, ` building ${page.data.building.name}`)}{' '}
        <span className="soft">{t(`${page.data.rooms.length} 户`, counted(page.data.rooms.length, 'house'))}</span>
      </h2>
      <p className="freshness">
        {(['fresh', 'soon', 'due', 'never'] as const).map((f) => (
          <span key={f} className={`room room-${f}`}>
            {w(freshnessWords, f)}
          </span>
        ))}
        {page.data.building.can.includes('registry.write') && (
          <Button size="small" onClick={() => setAdds(true)}>
            {t('添一户', 'Add a house')}
          </Button>
        )}
        <CloseButton record={page.data.building} name={page.data.building.name} />
      </p>
      <RecordClosings recordId={id} />
      <FloorsTable rooms={page.data.rooms} />
      <RecordForm kind="house" parentId={id} isOpen={adds} close={() => setAdds(false)} />
    </div>
  )
}

type Room = ReplyOf<typeof getBuilding>['rooms'][number]

function FloorsTable({ rooms: all }: { readonly rooms: readonly Room[] }) {
  const { t } = useWords()
  const { units, floors } = layOutFloors(all)
  return (
    <div style={{ overflowX: 'auto' }}>
      <table className="floors">
        {units.some((unit) => unit !== '') && (
          <thead>
            <tr>
              <th />
              {units.map((unit) => (
                <th key={unit} scope="col">
                  {unit === '' ? t('未写单元', 'No staircase') : t(`${unit} 单元`, `Staircase ${unit}`)}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {floors.map(({ floor, rooms }) => (
            <tr key={floor}>
              <th scope="row">{t(`${floor} 层`, `Floor ${floor}`)}</th>
              {rooms.map((of, i) => (
                <td key={units[i]}>
                  <Space size={4}>
                    {of.map((r) => (
                      <RoomLink key={r.id} room={r} />
                    ))}
                  </Space>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function RoomLink({ room }: { readonly room: Room }) {
  const { t, w } = useWords()
  return (
    <Link className={`room room-${room.freshness}`} to="/registry/house/$id" params={{ id: room.id }}>
      {room.unitNo !== '' && `${room.unitNo}-`}
      {room.roomNo}
      <span className="soft">
        {w(sortWords, room.use)} · {t(`${room.people} 人`, `${room.people}`)}
      </span>
    </Link>
  )
}
