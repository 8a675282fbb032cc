import { useParams } from '@tanstack/react-router'
import { Alert, Button, Spin } from 'antd'
import { EventDetail } from './EventDetail.tsx'
import { useEvent } from './useEvents.ts'
import { useWords } from '@fengge/web/words/language.ts'

export function EventPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { t, fault } = useWords()
  const event = useEvent(id)
  if (event.isPending) return <Spin />
  if (!event.data)
    return (
      <Alert
        type="error"
        title={fault(event.error)}
        role="alert"
        action={<Button onClick={() => void event.refetch()}>{t('重试', 'Try again')}</Button>}
      />
    )
  return <EventDetail event={event.data} />
}
