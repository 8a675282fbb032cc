/** Posts that somebody asked for who gives none, as the people of a folded department's grid: agreed to by who gives posts. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'

/** One post of a line: which, and where. */
const PostAt = z.strictObject({ id: Id, placeId: Id })

/** A line is of one person, one cause, one role and one day. */
export const AskedPost = z.strictObject({
  causeId: Id,
  cause: z.string(),
  accountId: Id,
  name: z.string(),
  role: z.string(),
  roleEn: z.string(),
  places: z.array(z.string()),
  posts: z.array(PostAt),
  fromOn: z.string(),
  askedBy: z.string(),
  askedAt: z.string(),
})
export type AskedPost = z.infer<typeof AskedPost>

export const listAskedPosts = endpoint({
  name: 'listAskedPosts',
  method: 'GET',
  path: '/api/postings/asked',
  duty: 'posting.manage',
  summary: '待任职的下沉人员 Posts that wait for the security administrator',
  ask: z.strictObject({}),
  reply: z.strictObject({ posts: z.array(AskedPost) }),
  refusals: [],
})
export const decideAskedPost = endpoint({
  name: 'decideAskedPost',
  method: 'POST',
  path: '/api/postings/decide-asked',
  duty: 'posting.manage',
  summary: '同意或不同意下沉人员任职 Give the posts that were asked for, or refuse',
  /** The posts of the line that was looked at, as the list shows them; refused where one is not there any more or elsewhere. */
  ask: z.strictObject({
    requestId: RequestId,
    causeId: Id,
    accountId: Id,
    posts: z.array(PostAt).min(1).max(500),
    isAgreed: z.boolean(),
  }),
  reply: z.strictObject({ given: z.int() }),
  refusals: ['not-found', 'posting.self', 'two-step.same-person', 'posting.stale'],
})
export const askedPostsContract = [listAskedPosts, decideAskedPost]
