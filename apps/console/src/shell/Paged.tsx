/** Lists that come in pages: the query, and the line below that says how many there are and brings the next. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Space } from 'antd'
import { showCount } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'

interface Page {
  readonly next: string | null
}

/** @param read one page; `after` is what the page before gave as `next` */
export function usePaged<P extends Page>(key: readonly unknown[], read: (after: { after?: string }) => Promise<P>) {
  return useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: P) => last.next ?? undefined,
    queryFn: ({ pageParam }) => read(pageParam === undefined ? {} : { after: pageParam }),
  })
}

interface MoreProps {
  readonly list: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => Promise<unknown>
  }
  readonly shown: number
  /** Undefined while it is not known. */
  readonly total: number | undefined
}

/** How many of how many are shown, and the button for more; nothing where all is there already. */
export function More({ list, shown, total }: MoreProps) {
  const { t } = useWords()
  if (!list.hasNextPage) return null
  const all = total === undefined ? '' : showCount(total)
  return (
    <Space style={{ marginTop: 12 }}>
      <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {t('更多', 'More')}
      </Button>
      <span className="soft">
        {total === undefined
          ? t(`已显示 ${shown} 件`, `${shown} shown`)
          : t(`共 ${all} 件，已显示 ${shown} 件`, `${shown} of ${all} shown`)}
      </span>
    </Space>
  )
}
