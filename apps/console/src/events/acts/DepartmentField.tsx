import { Form, Select } from 'antd'
import type { ActField } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { useWords } from '@fengge/web/words/language.ts'
import { reasonWords, word } from '@fengge/web/words/terms.ts'
import { useEventWords } from '../../words/events.ts'
import { useDepartments } from '../useEvents.ts'

interface Props {
  readonly name: ActField
  readonly label: string
  readonly event: EventView
  readonly isMany?: boolean
  readonly isAny?: boolean
}

/** Departments to choose from: suggested ones first, then those of the own centre, then those of its other levels. */
export function DepartmentField({ name, label, event, isMany = false, isAny = false }: Props) {
  const { language } = useWords()
  const say = useEventWords()
  const departments = useDepartments(isAny ? undefined : event.deskPlaceId)
  const suggested = new Map(event.suggestion.departments.map((d) => [d.id, d.reason]))
  const desks: readonly (string | null)[] = [event.townId, event.villageId]
  const nearness = (placeId: string) => {
    if (placeId === event.deskPlaceId) return 0
    return desks.includes(placeId) ? 1 : 2
  }
  const groups = [say.ownDepartments, say.nearDepartments, say.otherDepartments]
  const options = (departments.data ?? [])
    .filter((d) => d.status === 'active' && (isAny || d.placeId === event.deskPlaceId) && isOffered(d, event, name))
    .map((d) => ({
      value: d.id,
      near: nearness(d.placeId),
      label: [
        d.name,
        d.placeId === event.deskPlaceId ? '' : `（${d.placeName}）`,
        suggested.get(d.id) ? `（${word(reasonWords, suggested.get(d.id), language)}）` : '',
      ].join(''),
    }))
    .toSorted((a, b) => a.near - b.near || Number(suggested.has(b.value)) - Number(suggested.has(a.value)))
  const grouped = [...Map.groupBy(options, (o) => o.near)].map(([near, list]) => ({
    label: groups[near],
    options: list,
  }))
  return (
    <Form.Item name={name} label={label} rules={[{ required: name !== 'coDepartmentIds' }]}>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        options={grouped}
        {...(isMany ? { mode: 'multiple' as const } : {})}
      />
    </Form.Item>
  )
}

/** Nobody proposes whoever has it already, nor in a matter about staff who stands below its desk. */
const isOffered = ({ id, placeId }: { id: string; placeId: string }, event: EventView, name: ActField) =>
  (name !== 'suggestedDepartmentId' || id !== event.departmentId) && (event.partPlaceIds?.includes(placeId) ?? true)
