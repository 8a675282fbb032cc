import { Modal } from 'antd'
import type { Action } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { useWords } from '@fengge/web/words/language.ts'
import { actionWords } from '@fengge/web/words/terms.ts'
import { ActForm } from './ActForm.tsx'

interface Props {
  readonly event: EventView
  readonly action: Action
  readonly onClose: () => void
}

/** One dialog for every act: it asks for what the act's schema asks, in words of this act. */
export function ActDialog({ event, action, onClose }: Props) {
  const { w } = useWords()
  return (
    <Modal open title={w(actionWords, action)} onCancel={onClose} footer={null} destroyOnHidden width={560}>
      <ActForm event={event} action={action} onDone={onClose} />
    </Modal>
  )
}
