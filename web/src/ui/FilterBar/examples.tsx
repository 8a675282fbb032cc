import { said, type Example } from '../example.ts'
import { FilterBar, type FilterChip } from './FilterBar.tsx'

const none = () => undefined
const bar = (chips: (l: 'zh' | 'en') => readonly FilterChip[]): Example['shows'] =>
  function Shown(l) {
    return (
      <FilterBar
        label={said(l, ['筛选', 'Filter'])}
        chips={chips(l)}
        onDrop={none}
        onClear={none}
        onAdd={none}
        isAdding={false}
        search={{
          text: '',
          label: said(l, ['搜索', 'Search']),
          placeholder: said(l, ['题目', 'Title']),
          onSearch: none,
        }}
        words={{
          add: said(l, ['筛选', 'Filter']),
          clear: said(l, ['清除', 'Clear']),
          drop: (name) => said(l, [`去掉 ${name}`, `Drop ${name}`]),
        }}
      />
    )
  }

export const examples: readonly Example[] = [
  { name: 'nothing is set', isWide: true, shows: bar(() => []) },
  {
    name: 'two conditions',
    isWide: true,
    shows: bar((l) => [
      { key: 'level', name: said(l, ['级别', 'Level']), value: said(l, ['二级', 'Town']) },
      { key: 'category', name: said(l, ['类别', 'Category']), value: said(l, ['路灯', 'Lamps']) },
    ]),
  },
]
