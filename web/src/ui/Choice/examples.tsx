import { said, type Example } from '../example.ts'
import { Choice } from './Choice.tsx'

const none = () => undefined

export const examples: readonly Example[] = [
  {
    name: 'answers as cards, the first chosen',
    shows: (l) => (
      <Choice
        label={said(l, ['现场处理好了吗？', 'Was it done?'])}
        value="yes"
        onChange={none}
        options={[
          { value: 'yes', label: said(l, ['处理好了', 'Done']), note: said(l, ['结案', 'Closed']), shortcut: '1' },
          { value: 'no', label: said(l, ['没处理好', 'Not done']), note: said(l, ['退回返工', 'Back']), shortcut: '2' },
          { value: 'cannot', label: said(l, ['看不了', 'Cannot look']), isDisabled: true },
        ]}
      />
    ),
  },
  {
    name: 'rows from edge to edge',
    shows: (l) => (
      <Choice
        form="rows"
        label={said(l, ['承办部门', 'Department'])}
        value="a"
        onChange={none}
        options={[
          { value: 'a', label: said(l, ['建设管理办公室', 'Works']), note: said(l, ['主责', 'Leads']), shortcut: '1' },
          { value: 'b', label: said(l, ['综合执法局', 'Enforcement']), shortcut: '2' },
        ]}
      />
    ),
  },
]
