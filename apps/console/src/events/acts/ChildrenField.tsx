import { Button, Form, Input } from 'antd'
import type { ActOf } from '@fengge/domain/events/acts'
import { useEventWords } from '../../words/events.ts'
import { CategorySelect } from '../report/CategorySelect.tsx'

type Child = ActOf<'split'>['children'][number]
const at = (row: number, field: keyof Child) => [row, field]

/** Into what an event is split: two parts at least, eight at most. */
export function ChildrenField() {
  const say = useEventWords()
  return (
    <Form.List name="children">
      {(rows, { add, remove }) => (
        <>
          {rows.map((row, i) => (
            <fieldset key={row.key} className="act-child">
              <Form.Item name={at(row.name, 'title')} label={say.child(i + 1)} rules={[{ required: true, max: 50 }]}>
                <Input />
              </Form.Item>
              <Form.Item name={at(row.name, 'content')} label={say.content} rules={[{ required: true, max: 800 }]}>
                <Input.TextArea rows={2} />
              </Form.Item>
              <Form.Item name={at(row.name, 'categoryCode')} label={say.category} rules={[{ required: true }]}>
                <CategorySelect />
              </Form.Item>
              {rows.length > 2 && <Button onClick={() => remove(row.name)}>{say.takeAway}</Button>}
            </fieldset>
          ))}
          {rows.length < 8 && (
            <Button className="act-more" onClick={() => add({})}>
              {say.oneMore}
            </Button>
          )}
        </>
      )}
    </Form.List>
  )
}
