import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Space } from 'antd'
import { useState } from 'react'
import { useWords } from '@fengge/web/words/language.ts'
import { Foreseen, isSettled, nothingSaid, withSaid, type Foresight } from './Foreseen.tsx'
import type { Change } from './net-change.ts'

/** A change of the net, and what it will bring. */
export interface Ahead {
  readonly change: Change
  readonly foresight: Foresight
}
interface Props extends Ahead {
  readonly onBack: () => void
  /** Puts the change in force, or orders it, with what was said of it. */
  readonly carry: (change: Change) => Promise<unknown>
}

/** What a change will bring is settled, and confirmed. */
export function Confirm({ change, foresight, onBack, carry }: Props) {
  const { t } = useWords()
  const [said, setSaid] = useState(nothingSaid)
  const run = useMutation({ mutationFn: () => carry(withSaid(change, said)) })
  return (
    <>
      <FaultOf error={run.error} />
      <Foreseen kind={change.kind} foresight={foresight} said={said} onSaid={setSaid} />
      <Space style={{ marginTop: 16 }}>
        <Button onClick={onBack}>{t('返回修改', 'Back')}</Button>
        <Button
          type="primary"
          disabled={!isSettled(foresight, said)}
          loading={run.isPending}
          onClick={() => run.mutate()}
        >
          {foresight.isOrder ? t('确认，按期在后台生效', 'Order it') : t('确认生效', 'Put in force')}
        </Button>
      </Space>
    </>
  )
}

export function FaultOf({ error }: { error: Error | null }) {
  const { t, fault } = useWords()
  if (!error) return null
  const isEmpty = error.message === 'empty'
  return (
    <Alert
      type="error"
      role="alert"
      title={isEmpty ? t('所画区域与网格没有交集', 'What was drawn does not meet the grid') : fault(error)}
    />
  )
}
