/** Endpoints of the photo on a badge: of its holder alone, with his consent, gone as he takes it back (W5). */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'

const Done = z.strictObject({ done: z.literal(true) })

export const myBadgePhoto = endpoint({
  name: 'myBadgePhoto',
  method: 'GET',
  path: '/api/badges/my-photo',
  duty: 'signed-in',
  summary: '我的工作证照片 The photo on my badge',
  ask: z.strictObject({}),
  /** `photo`: a JPEG of 480 × 600 in base64; null where there is none. `consentedOn`: the day of the consent. */
  reply: z.strictObject({
    photo: z.string().nullable(),
    consentedOn: z.iso.date().nullable(),
    /** One that somebody else took, which waits for a word: of nobody else's screen. */
    offered: z.strictObject({ photo: z.string(), by: z.string(), at: z.string() }).nullable(),
  }),
  refusals: [],
  pace: 'heavy',
})
export const saveBadgePhoto = endpoint({
  name: 'saveBadgePhoto',
  isSecret: true,
  method: 'POST',
  path: '/api/badges/save-my-photo',
  duty: 'signed-in',
  summary: '放上我的工作证照片（本人同意） Put my photo on my badge, with consent',
  ask: z.strictObject({
    requestId: RequestId,
    /** A photo of any known kind, in base64: it is drawn anew. */
    photo: z.base64().min(1).max(900_000),
    /** That it may be printed on badge, cards and board, and shown to a resident who types the code of the minute. */
    consents: z.literal(true),
  }),
  bodyLimit: 1_000_000,
  reply: Done,
  refusals: ['badge.no-post', 'file.photos-only', 'file.type', 'file.broken', 'file.busy'],
  pace: 'heavy',
})
/** Taken by an administrator or the desk; it is used nowhere before he whose it is agrees on his own screen. */
export const offerBadgePhoto = endpoint({
  name: 'offerBadgePhoto',
  isSecret: true,
  method: 'POST',
  path: '/api/badges/offer-photo',
  duty: ['badge.issue', 'sync.watch', 'posting.manage'],
  summary:
    '代拍工作证照片（须本人在自己的屏幕上同意后才使用） A photo taken for somebody’s badge, used once he agrees himself',
  ask: z.strictObject({ requestId: RequestId, accountId: Id, photo: z.base64().min(1).max(900_000) }),
  bodyLimit: 1_000_000,
  reply: Done,
  refusals: ['badge.no-post', 'badge.own-photo', 'file.photos-only', 'file.type', 'file.broken', 'file.busy'],
  pace: 'heavy',
})
export const answerBadgePhoto = endpoint({
  name: 'answerBadgePhoto',
  method: 'POST',
  path: '/api/badges/answer-photo',
  duty: 'signed-in',
  summary: '代拍的照片：本人同意使用或不同意 Whether a photo that was taken for my badge may be used',
  /** `at`: of the offer that was seen; another one is not agreed to by it. */
  ask: z.strictObject({ requestId: RequestId, at: z.iso.datetime(), consents: z.boolean() }),
  reply: Done,
  refusals: ['badge.no-offer', 'badge.no-post'],
})
/** The consent is taken back: the photo is gone at once. */
export const dropBadgePhoto = endpoint({
  name: 'dropBadgePhoto',
  method: 'POST',
  path: '/api/badges/drop-my-photo',
  duty: 'signed-in',
  summary: '撤回同意、删除工作证照片 Take the consent back and delete my photo',
  ask: z.strictObject({ requestId: RequestId }),
  reply: Done,
  refusals: [],
})
export const badgePhotoContract = [
  myBadgePhoto,
  saveBadgePhoto,
  offerBadgePhoto,
  answerBadgePhoto,
  dropBadgePhoto,
] as Endpoint[]
