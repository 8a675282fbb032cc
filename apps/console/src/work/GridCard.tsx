import { useQuery } from '@tanstack/react-query'
import { Descriptions } from 'antd'
import { getGridCard, saveGridCard, type GridCard } from '@fengge/domain/identity/contract/cards'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { AskForm, type Question } from '../shell/AskForm.tsx'

interface Values {
  readonly officePhone?: string
  readonly groupName?: string
  readonly groupCode?: string
  readonly groupUntil?: string | null
}

/** What residents see of a grid or community beside names: the telephone of its office, and its group. */
export function GridCardPanel({ placeId }: { readonly placeId: string }) {
  const { t } = useWords()
  const found = useQuery({ queryKey: ['grid-card', placeId], queryFn: () => call(getGridCard, { placeId }) })
  const shown = found.data?.shown
  if (!found.data) return null
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2 }}
      style={{ marginBottom: 12 }}
      title={t('公示信息（居民可见）', 'Shown to residents')}
      extra={<Change key={placeId} placeId={placeId} own={found.data.own} />}
      items={[
        { key: 'phone', label: t('办公电话', 'Office telephone'), children: shown?.officePhone || '—' },
        { key: 'group', label: t('联系群', 'Group'), children: shown?.groupName || shown?.groupCode || '—' },
      ]}
    />
  )
}

const blank = { officePhone: '', groupName: '', groupCode: '' }

function Change({ placeId, own }: { readonly placeId: string; readonly own: GridCard | null }) {
  const { t } = useWords()
  const line = (name: string, label: string, most: number): Question => ({
    name,
    label,
    kind: 'line',
    most,
    isOptional: true,
  })
  return (
    <AskForm<Values>
      label={t('修改公示信息', 'Change what is shown')}
      isSmall
      changes={['grid-card']}
      initial={own ?? blank}
      questions={[
        line('officePhone', t('办公电话（不能是手机号）', 'Office telephone (no mobile phone)'), 30),
        line('groupName', t('联系群名称', 'Name of the group'), 40),
        line(
          'groupCode',
          t('联系群二维码内容（扫码所得的文字或网址）', 'What the code of the group says (words or an address)'),
          300,
        ),
        { name: 'groupUntil', label: t('二维码有效期至', 'The code holds until'), kind: 'day', isOptional: true },
      ]}
      send={({ groupUntil, ...v }) =>
        call(saveGridCard, { requestId: freshId(), placeId, ...blank, ...v, groupUntil: groupUntil ?? null })
      }
    />
  )
}
