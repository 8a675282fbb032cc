import { useQuery } from '@tanstack/react-query'
import { Select, type SelectProps } from 'antd'
import { useState } from 'react'
import { searchPlaces } from '@fengge/domain/places/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useMe } from '../shell/useMe.ts'

type Tier = 'town' | 'village' | 'grid'

/** A place found by name, first letters or code; without a word typed, the places where one serves. */
export function PlaceSelect({ tier, ...props }: SelectProps<string> & { tier?: Tier }) {
  const { t } = useWords()
  const me = useMe()
  const [text, setText] = useState('')
  const asked = text.trim()
  const found = useQuery({
    queryKey: ['place-search', asked, tier],
    queryFn: async () => (await call(searchPlaces, { text: asked, ...(tier ? { tier } : {}) })).places,
    enabled: asked !== '',
    placeholderData: (before) => before,
  })
  const own = (me.data?.postings ?? []).map((p) => ({ value: p.placeId, label: p.placeName }))
  const options =
    asked === ''
      ? [...new Map((tier ? [] : own).map((o) => [o.value, o])).values()]
      : (found.data ?? []).map((p) => ({ value: p.id, label: [p.name, ...p.trail.slice(-2).toReversed()].join(' · ') }))
  return (
    <Select<string>
      allowClear
      placeholder={t('输入网格、村（社区）或镇的名称', 'Type the name of a grid, community or town')}
      notFoundContent={asked === '' ? t('请输入名称', 'Type a name') : t('没有找到', 'Nothing found')}
      {...props}
      showSearch={{ filterOption: false, onSearch: setText }}
      options={options}
    />
  )
}
