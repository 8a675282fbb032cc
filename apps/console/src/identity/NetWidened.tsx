import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { listAlarms } from '@fengge/domain/audit/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords, type Words } from '@fengge/web/words/language.ts'

export const sayWidened = (t: Words['t'], { looks: n }: { readonly looks: number }): string =>
  t(
    `网格调整后，岗位新增可见 ${n} 人，请核实任职`,
    `by a change of the net posts see ${n} more people; please check who serves there`,
  )

/** To who gives posts: changes of the net by which posts see people whom they did not see before. */
export function NetWidened() {
  const { t } = useWords()
  const alarms = useQuery({ queryKey: ['net-widened'], queryFn: () => call(listAlarms, {}), retry: false })
  const widened = (alarms.data?.alarms ?? []).filter((a) => a.kind === 'net')
  if (widened.length === 0) return null
  return (
    <Alert
      type="warning"
      role="status"
      style={{ marginBottom: 12 }}
      title={t('近七日网格调整', 'Changes of the net in the last week')}
      description={widened.map((a, i) => (
        <div key={`${i} ${a.day}`}>
          {a.day} {a.accountName}：{sayWidened(t, a)}
        </div>
      ))}
    />
  )
}
