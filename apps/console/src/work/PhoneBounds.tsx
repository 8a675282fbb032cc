import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listDevices } from '@fengge/domain/sync/contract'
import { useWords } from '@fengge/web/words/language.ts'

type Bounds = Pick<ReplyOf<typeof listDevices>, 'bounds' | 'most'>

/** How many phones an account may hold today, and since when; what was before, and what comes. */
export function PhoneBounds({ bounds, most }: Bounds) {
  const { t } = useWords()
  const own = bounds.filter((b) => b.fromOn !== null)
  return (
    <p className="soft">
      {t(`每个账号最多绑定 ${most} 部手机。`, `An account may hold ${most} phones at most.`)}{' '}
      {own.map((b) => t(`自 ${b.fromOn} 起 ${b.most} 部（${b.basis}）。`, `From ${b.fromOn}: ${b.most} (${b.basis}).`))}
    </p>
  )
}
