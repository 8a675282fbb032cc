import { Form } from 'antd'
import { Choice, type ChoiceOption } from '@fengge/web/ui/Choice/Choice.tsx'

interface Props {
  readonly name: string
  readonly label: string
  readonly options: readonly ChoiceOption[]
}

/** A few answers as cards, in a form. */
export const CardsField = ({ name, label, options }: Props) => (
  <Form.Item name={name} label={label} rules={[{ required: true }]}>
    <Cards label={label} options={options} />
  </Form.Item>
)

interface Given extends Omit<Props, 'name'> {
  readonly value?: string
  readonly onChange?: (value: string) => void
}

/** A form gives what is chosen, and hears of it. */
const Cards = ({ label, options, value, onChange }: Given) => (
  <Choice label={label} options={options} value={value} onChange={(chosen) => onChange?.(chosen)} />
)
