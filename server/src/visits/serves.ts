import type { Post } from '../kernel/context.ts'
import type { HasShelf } from '../kernel/shelf.ts'
import { placeTree } from '../places/door.ts'

/** Whether a post serves a grid: it lies within the post's place, or the post is at one of its micro-grids. */
export function serves(home: HasShelf, post: Post, gridId: string): boolean {
  const tree = placeTree(home)
  return (
    post.departmentId === null && (tree.contains(post.placeId, gridId) || tree.get(post.placeId)?.parentId === gridId)
  )
}
