import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Modal } from 'antd'
import { Star, X } from 'lucide-react'
import { useState } from 'react'
import { dropView, listViews, saveView } from '@fengge/domain/events/contract/desk'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { Button } from '@fengge/web/ui/Button/Button.tsx'
import { useEventWords } from '../../words/events.ts'
import type { Filter } from '../useEvents.ts'
import { conditionsOf } from './filter.ts'

const key = ['views']
const useViews = () => useQuery({ queryKey: key, queryFn: () => call(listViews, {}) })

/** The same conditions, in whatever order they stand. */
const isSame = (a: Filter, b: Filter) => {
  const flat = (filter: Filter) => JSON.stringify(Object.entries(filter).toSorted(([x], [y]) => x.localeCompare(y)))
  return flat(a) === flat(b)
}

/** The views one saved, as tabs with a star; the open one can be dropped. */
export function ViewTabs({ asked, go }: { readonly asked: Filter; readonly go: (to: Filter) => void }) {
  const say = useEventWords()
  const client = useQueryClient()
  const views = useViews()
  const drop = async (id: string) => {
    await call(dropView, { requestId: freshId(), id })
    await client.invalidateQueries({ queryKey: key })
  }
  return (views.data?.views ?? []).map((view) => {
    const isOpen = isSame(conditionsOf(view.filter), asked)
    return (
      <span key={view.id} className="list-view">
        <button type="button" aria-current={isOpen ? 'page' : undefined} onClick={() => go(view.filter)}>
          {view.name} <Star size={14} strokeWidth={1.75} aria-hidden="true" />
        </button>
        {isOpen && (
          <button type="button" aria-label={say.dropView(view.name)} onClick={() => void drop(view.id)}>
            <X size={14} strokeWidth={1.75} aria-hidden="true" />
          </button>
        )}
      </span>
    )
  })
}

/** Keeps the conditions as they are, under a name. */
export function SaveView({ asked }: { readonly asked: Filter }) {
  const say = useEventWords()
  const client = useQueryClient()
  const [isNaming, setNaming] = useState(false)
  const keep = async ({ name }: { name: string }) => {
    await call(saveView, { requestId: freshId(), id: freshId(), name, filter: asked as Record<string, string> })
    setNaming(false)
    await client.invalidateQueries({ queryKey: key })
  }
  return (
    <>
      <button type="button" className="ev-link" onClick={() => setNaming(true)}>
        {say.saveView}
      </button>
      <Modal open={isNaming} title={say.saveView} footer={null} onCancel={() => setNaming(false)} destroyOnHidden>
        <Form layout="vertical" onFinish={(v: { name: string }) => void keep(v)}>
          <Form.Item name="name" label={say.viewName} rules={[{ required: true, max: 30 }]}>
            <Input autoFocus />
          </Form.Item>
          <Button kind="solid" type="submit">
            {say.save}
          </Button>
        </Form>
      </Modal>
    </>
  )
}
