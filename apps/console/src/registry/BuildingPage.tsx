import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button, Spin } from 'antd'
import { useState } from 'react'
import { getBuilding } from '@fengge/domain/registry/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { freshnessWords, sortWords } from '@fengge/web/words/registry.ts'
import { RecordForm } from './RecordForm.tsx'

/** A building as a table of floors and rooms; colour and word tell how fresh each room is. */
export function BuildingPage() {
  const { t, w, fault } = useWords()
  const { id } = useParams({ strict: false }) as { id: string }
  const page = useQuery({ queryKey: ['building', id], queryFn: () => call(getBuilding, { id }) })
  const [adds, setAdds] = useState(false)
  if (page.error) return <Alert type="error" role="alert" title={fault(page.error)} />
  if (!page.data) return <Spin />
  const floors = [...Map.groupBy(page.data.rooms, (r) => r.floor)].toSorted(([a], [b]) => b - a)
  return (
    <div className="panel">
      <h2 style={{ marginTop: 0 }}>
        {page.data.estateName}
        {t(`${page.data.building.name} 幢`, ` building ${page.data.building.name}`)}{' '}
        <span className="soft">{t(`${page.data.rooms.length} 户`, `${page.data.rooms.length} houses`)}</span>
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
      </p>
      <div style={{ overflowX: 'auto' }}>
        <table className="floors">
          <tbody>
            {floors.map(([floor, rooms]) => (
              <tr key={floor}>
                <th scope="row">{t(`${floor} 层`, `Floor ${floor}`)}</th>
                {rooms.map((r) => (
                  <td key={r.id}>
                    <Link className={`room room-${r.freshness}`} to="/registry/house/$id" params={{ id: r.id }}>
                      {r.unitNo !== '' && `${r.unitNo}-`}
                      {r.roomNo}
                      <span className="soft">
                        {w(sortWords, r.use)} · {t(`${r.people} 人`, `${r.people}`)}
                      </span>
                    </Link>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <RecordForm kind="house" parentId={id} isOpen={adds} close={() => setAdds(false)} />
    </div>
  )
}
