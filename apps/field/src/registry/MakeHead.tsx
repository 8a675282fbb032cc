import { useState } from 'react'
import type { Held } from '@fengge/domain/sync/rows'
import type { KeptAct } from '@fengge/web/offline/outbox.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useActs, usePhone } from '../offline/usePhone.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { headOf } from './AskedBack.tsx'
import { useRegistryWords } from '../words/registry.ts'

interface Props {
  readonly name: string
  readonly link: Held['link']
  /** Acts of this house that are not in the books yet. */
  readonly pending: readonly KeptAct[]
}

/** 设为户主: of a member of the household, asked once more with what it means for who heads it now. */
export function MakeHead({ name, link, pending }: Props) {
  const { holdings } = usePhone()
  const { doAct } = useActs()
  const say = useRegistryWords()
  const doing = useDoing()
  const [asks, setAsks] = useState(false)
  const waits = pending.some(
    ({ act, state }) => act.name === 'chooseHead' && act.ask.linkId === link.id && state === 'waiting',
  )
  if (link.role !== 'member') return null
  if (waits) return <span className="tag">{say.madeHeadWaits}</span>
  const head = headOf(holdings, link.houseId)
  const send = () =>
    doing.run(async () => {
      const ask = { houseId: link.houseId, linkId: link.id }
      await doAct({
        name: 'chooseHead',
        label: say.madeHead(name),
        subject: link.houseId,
        ask,
      })
      setAsks(false)
    })
  if (!asks)
    return (
      <button type="button" className="small" onClick={() => setAsks(true)}>
        {say.makeHead}
      </button>
    )
  return (
    <div className="notice" role="alert">
      <p>{head === '' ? say.doesHeHead(name) : say.doesHeHeadNow(name, head)}</p>
      <ErrorNote error={doing.error} />
      <button type="button" className="button" disabled={doing.isBusy} onClick={send}>
        {say.yesHeHeads(name)}
      </button>
      <button type="button" className="button plain" onClick={() => setAsks(false)}>
        {say.cancel}
      </button>
    </div>
  )
}
