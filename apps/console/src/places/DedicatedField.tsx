import { Form, Select } from 'antd'
import { dedicatedKinds } from '@fengge/domain/places/terms'
import { useWords } from '@fengge/web/words/language.ts'
import { dedicatedWords } from '@fengge/web/words/terms.ts'

/** What a dedicated grid is for. */
export function DedicatedField() {
  const { t, w } = useWords()
  return (
    <Form.Item name="dedicatedKind" label={t('专属类别', 'Dedicated to')} rules={[{ required: true }]}>
      <Select options={dedicatedKinds.map((k) => ({ value: k, label: w(dedicatedWords, k) }))} />
    </Form.Item>
  )
}

/** The same, asked where the kind that was chosen beside it says that the grid is one. */
export const DedicatedIfChosen = () => (
  <Form.Item noStyle shouldUpdate>
    {({ getFieldValue }) => getFieldValue('kind') === 'dedicated' && <DedicatedField />}
  </Form.Item>
)
