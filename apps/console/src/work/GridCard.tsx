import { useQuery } from '@tanstack/react-query'
import { Descriptions } from 'antd'
import { getGridCard, saveGridCard } from '@fengge/domain/identity/contract/cards'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { AskForm } from '../shell/AskForm.tsx'

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
  if (!found.data) return null
  const { own, shown } = found.data
  const initial = {
    officePhone: own?.officePhone ?? '',
    groupName: own?.groupName ?? '',
    groupCode: own?.groupCode ?? '',
    groupUntil: own?.groupUntil ?? undefined,
  }
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2 }}
      style={{ marginBottom: 12 }}
      title={t('公示信息（居民可见）', 'Shown to residents')}
      extra={
        <AskForm<Values>
          key={placeId}
          label={t('修改公示信息', 'Change what is shown')}
          isSmall
          changes={['grid-card']}
          initial={initial}
          questions={[
            {
              name: 'officePhone',
              label: t('办公电话（不能是手机号）', 'Office telephone (no mobile phone)'),
              kind: 'line',
              most: 30,
              isOptional: true,
            },
            {
              name: 'groupName',
              label: t('联系群名称', 'Name of the group'),
              kind: 'line',
              most: 40,
              isOptional: true,
            },
            {
              name: 'groupCode',
              label: t(
                '联系群二维码内容（扫码所得的文字或网址）',
                'What the code of the group says (words or an address)',
              ),
              kind: 'line',
              most: 300,
              isOptional: true,
            },
            { name: 'groupUntil', label: t('二维码有效期至', 'The code holds until'), kind: 'day', isOptional: true },
          ]}
          send={(v) =>
            call(saveGridCard, {
              requestId: freshId(),
              placeId,
              officePhone: v.officePhone ?? '',
              groupName: v.groupName ?? '',
              groupCode: v.groupCode ?? '',
              groupUntil: v.groupUntil ?? null,
            })
          }
        />
      }
      items={[
        { key: 'phone', label: t('办公电话', 'Office telephone'), children: shown?.officePhone || '—' },
        { key: 'group', label: t('联系群', 'Group'), children: shown?.groupName || shown?.groupCode || '—' },
      ]}
    />
  )
}
