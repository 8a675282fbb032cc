/** How-to and policy, searched without signal, each with its source and until when it holds. Source: requirements.md T4, anchors of GB/T 33358 (designed with reference to). */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { AskedDay } from '../kernel/moments.ts'
import { Line } from '../kernel/text.ts'
import { Article, articleKinds } from './terms.ts'

export const searchLibrary = endpoint({
  name: 'searchLibrary',
  method: 'GET',
  path: '/api/library',
  duty: 'place.read',
  pace: 'search',
  summary: '查做法、查政策 Look up how-to and policy',
  ask: z.strictObject({
    text: z.string().max(60).default(''),
    kind: z.enum(articleKinds).optional(),
    /** Past and coming ones too: for who edits them; to anybody else it is no. */
    all: z.enum(['yes', 'no']).default('no'),
  }),
  /** `mayEdit`: whoever asks writes articles of the county. */
  reply: z.strictObject({ articles: z.array(Article), mayEdit: z.boolean() }),
  refusals: [],
})
export const saveArticle = endpoint({
  name: 'saveArticle',
  method: 'POST',
  path: '/api/library/save',
  duty: 'library.edit',
  summary: '维护条目 Save an article',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    version: z.int().min(0),
    kind: z.enum(articleKinds),
    title: Line(60),
    body: Line(4000),
    keywords: Line(120, 0).default(''),
    source: Line(120),
    /** Without a default: a repeat from before there was such a field is the same ask. */
    owner: Line(40, 0).optional(),
    sourceUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(300)]),
    validFrom: AskedDay,
    validTo: AskedDay.nullable(),
  }),
  reply: Article,
  refusals: ['article.stale', 'article.dates', 'library.full'],
})
export const libraryContract = [searchLibrary, saveArticle]
