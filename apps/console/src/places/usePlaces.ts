import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listChildren } from '@fengge/domain/places/contract'
import type { Place } from '@fengge/domain/places/terms'
import { call } from '@fengge/web/api/call.ts'
import { useMe } from '../shell/useMe.ts'

export interface TreeNode {
  id: string
  pId: string | null
  value: string
  title: string
  isLeaf: boolean
  place: Place
}
const nodeOf = (place: Place, pId: string | null): TreeNode => ({
  id: place.id,
  pId,
  value: place.id,
  title: place.name,
  isLeaf: place.childCount === 0,
  place,
})

export const useChildren = (parentId: string | undefined) =>
  useQuery({
    queryKey: ['places', parentId],
    queryFn: async () => (await call(listChildren, parentId === undefined ? {} : { parentId })).places,
    enabled: parentId !== undefined,
  })

/** The tree below the caller's own places, opened level by level: 100,000 nodes never come at once. */
export function usePlaceTree() {
  const me = useMe()
  const client = useQueryClient()
  const [nodes, setNodes] = useState<TreeNode[]>([])
  const roots = (me.data?.postings ?? [])
    .filter((p, i, all) => all.findIndex((q) => q.placeId === p.placeId) === i)
    .map((p): TreeNode => ({
      id: p.placeId,
      pId: null,
      value: p.placeId,
      title: p.placeName,
      isLeaf: false,
      place: { id: p.placeId, name: p.placeName } as Place,
    }))
  const load = async (node: { value?: unknown }) => {
    const id = String(node.value)
    const places = await client.fetchQuery({
      queryKey: ['places', id],
      queryFn: async () => (await call(listChildren, { parentId: id })).places,
    })
    setNodes((known) => [...known.filter((n) => n.pId !== id), ...places.map((p) => nodeOf(p, id))])
  }
  return { data: [...roots, ...nodes.filter((n) => !roots.some((r) => r.id === n.id))], load }
}
