import { Select, type SelectProps } from 'antd'
import { useWords } from '@fengge/web/words/language.ts'
import { useCatalogue } from '../useEvents.ts'

/** Categories by class, found by name or code. */
export function CategorySelect(props: Omit<SelectProps<string>, 'options' | 'showSearch'>) {
  const { t } = useWords()
  const catalogue = useCatalogue()
  const classes = Map.groupBy(catalogue.data ?? [], (c) => c.classCode)
  const options = [...classes.values()].map((list) => ({
    label: t(list[0]!.className, list[0]!.classNameEn),
    options: list.map((c) => ({ value: c.code, label: `${c.code} ${t(c.name, c.nameEn)}` })),
  }))
  return <Select<string> {...props} showSearch={{ optionFilterProp: 'label' }} options={options} />
}
