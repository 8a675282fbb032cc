import { DatePicker, Form, Select } from 'antd'
import dayjs from 'dayjs'
import { countedStatuses } from '@fengge/domain/events/shares'
import { sources, statuses } from '@fengge/domain/events/terms'
import { useWords } from '@fengge/web/words/language.ts'
import { levelWords, sourceWords, statusWords } from '@fengge/web/words/terms.ts'
import { PlaceSelect } from '../../places/PlaceSelect.tsx'
import { useEventWords } from '../../words/events.ts'
import { CategorySelect } from '../report/CategorySelect.tsx'
import { useDepartments, type Filter } from '../useEvents.ts'

interface Props {
  readonly asked: Filter
  readonly set: (change: Filter) => void
  readonly done: () => void
}

/** Every condition there is; each applies as it is chosen. */
export function Conditions({ asked, set, done }: Props) {
  const { w } = useWords()
  const say = useEventWords()
  const departments = useDepartments()
  const choice = (name: ChoiceProps['name'], label: string, options: ChoiceProps['options']) => (
    <ChoiceOf name={name} label={label} options={options} asked={asked} set={set} />
  )
  return (
    <Form
      layout="vertical"
      className="list-conditions"
      onKeyDown={(pressed) => {
        if (pressed.key === 'Escape') done()
      }}
    >
      {choice('statuses', say.state, [
        ...statuses.map((s) => ({ value: s as string, label: w(statusWords, s) })),
        { value: countedStatuses, label: say.countedInShares },
      ])}
      <KindAndPlace asked={asked} set={set} />
      {choice(
        'departmentId',
        say.department,
        (departments.data ?? []).map((d) => ({ value: d.id, label: d.name })),
      )}
      {choice(
        'source',
        say.source,
        sources.map((s) => ({ value: s, label: w(sourceWords, s) })),
      )}
      {choice(
        'level',
        say.level,
        ['1', '2', '3'].map((l) => ({ value: l, label: w(levelWords, Number(l)) })),
      )}
      {choice('isOpen', say.openOrOver, [
        { value: 'yes', label: say.openOnes },
        { value: 'no', label: say.over },
      ])}
      {choice('supervised', say.supervised, [{ value: 'yes', label: say.yes }])}
      <Between asked={asked} set={set} />
    </Form>
  )
}

interface ChoiceProps extends Pick<Props, 'asked' | 'set'> {
  readonly name: keyof Filter
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

function ChoiceOf({ name, label, options, asked, set }: ChoiceProps) {
  return (
    <Form.Item label={label}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={label}
        value={asked[name] ?? null}
        options={[...options]}
        onChange={(value: string | null | undefined) => set({ [name]: value ?? '' })}
      />
    </Form.Item>
  )
}

function KindAndPlace({ asked, set }: Pick<Props, 'asked' | 'set'>) {
  const say = useEventWords()
  return (
    <>
      <Form.Item label={say.category}>
        <CategorySelect
          allowClear
          aria-label={say.category}
          value={asked.categoryCode ?? null}
          onChange={(value) => set({ categoryCode: value ?? '' })}
        />
      </Form.Item>
      <Form.Item label={say.area}>
        <PlaceSelect
          aria-label={say.area}
          value={asked.placeId ?? null}
          onChange={(value) => set({ placeId: value ?? '' })}
        />
      </Form.Item>
    </>
  )
}

function Between({ asked, set }: Pick<Props, 'asked' | 'set'>) {
  const say = useEventWords()
  return (
    <Form.Item label={say.reportedBetween}>
      <DatePicker.RangePicker
        aria-label={say.reportedBetween}
        value={asked.from && asked.to ? [dayjs(asked.from), dayjs(asked.to)] : null}
        onChange={(range) =>
          set({ from: range?.[0]?.format('YYYY-MM-DD') ?? '', to: range?.[1]?.format('YYYY-MM-DD') ?? '' })
        }
      />
    </Form.Item>
  )
}
