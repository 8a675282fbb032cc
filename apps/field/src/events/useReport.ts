/** A report being written: begun anew, from words, or from one that was refused and lies in the outbox with its photos. */
import { useEffect, useState } from 'react'
import type { AskOfAct } from '@fengge/domain/sync/contract/acts'
import { Refused } from '@fengge/web/api/call.ts'
import type { Fresh, KeptAct } from '@fengge/web/offline/outbox.ts'
import type { Outcome } from '../offline/acts.ts'
import { useActs, usePhone, useSource } from '../offline/usePhone.ts'
import { useDoing } from '../offline/useAsk.ts'
import { photosFor, type Photo } from './PhotoInput.tsx'

export interface Draft {
  readonly id: string
  readonly text: string
  readonly category: string
  readonly place: string
  readonly behalf: string
  readonly gridId: string
  readonly point: { readonly lng: number; readonly lat: number } | null
}
/** What is said before a report of a kind that belongs elsewhere. */
export interface StopNotice {
  readonly notice: string
  readonly noticeEn: string
}

/** Where a report that is being written is kept; its photos in memory alone. */
const place = 'report'
interface Unsent {
  readonly draft: Draft
  readonly photos: readonly Photo[]
}
/** A picture is shown under an address of the window it is shown in; of a closed window nothing but the words is left. */
const shown = (p: Photo): Photo => ({ ...p, url: URL.createObjectURL(p.blob) })

/** What is written, and kept while it is: one that was refused is mended by itself, another is what was being written last. */
function useUnsent(refused: KeptAct | undefined, blank: () => Draft) {
  const { drafts } = usePhone()
  const unsent = refused ? undefined : (drafts.get(place) as Unsent | undefined)
  const [draft, setDraft] = useState<Draft>(() => ({ ...blank(), ...unsent?.draft, ...(refused && draftOf(refused)) }))
  const [photos, takePhotos] = useState<readonly Photo[]>(() =>
    (unsent?.photos ?? []).filter(({ blob }) => blob instanceof Blob).map(shown),
  )
  const keep = (next: Unsent) => {
    if (!refused) drafts.keep(place, next)
  }
  return {
    draft,
    photos,
    takePhotos,
    setPhotos: (next: readonly Photo[]) => {
      takePhotos(next)
      keep({ draft, photos: next })
    },
    change: (more: Partial<Draft> | ((was: Draft) => Partial<Draft>)) =>
      setDraft((was) => {
        const next = { ...was, ...(typeof more === 'function' ? more(was) : more) }
        keep({ draft: next, photos })
        return next
      }),
    /** Begins anew, or is over. */
    clear: (next?: Draft) => {
      if (!refused) drafts.drop(place)
      if (!next) return
      setDraft(next)
      takePhotos([])
    },
  }
}

export function useReport(from: string | undefined) {
  const { holdings, outbox, makeId } = usePhone()
  const source = useSource()
  const { doAct } = useActs()
  const doing = useDoing()
  const refused = from === undefined ? undefined : outbox.find(from)
  const blank = () => blankAt(makeId(), holdings.postings()[0]?.placeId)
  const { draft, photos, takePhotos, setPhotos, change, clear } = useUnsent(refused, blank)
  const [sent, setSent] = useState<Outcome<'reportEvent'> | null>(null)
  useEffect(() => {
    if (refused) void photosOf(refused, (id) => outbox.photo(id)).then(takePhotos)
    // Once: the photos of the form are its user's from then on.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  const send = (category: string, stopNoticeRead: boolean) =>
    doing.run(async () => {
      const { id } = draft
      const ask = askOf(draft, { categoryCode: category, stopNoticeRead, source })
      setSent(
        await doAct({
          requestId: id,
          name: 'reportEvent',
          label: ask.title,
          subject: id,
          ask,
          photos: photosFor(photos, id, 'before'),
        }),
      )
      clear()
    })
  const again = () => {
    setSent(null)
    doing.clear()
    clear({ ...blank(), gridId: draft.gridId, behalf: draft.behalf })
  }
  return {
    draft,
    /** It is known already: the photos go to it, and nothing is reported. */
    isThis: (eventId: string) =>
      doing.run(async () => {
        if (photos.length > 0) await doAct(evidenceFor(eventId, photos, draft.text))
        clear()
        location.hash = `mine/${eventId}`
      }),
    set: change,
    /** Words said aloud go to the end. */
    say: (more: string) => change((was) => ({ text: `${was.text}${more}` })),
    photos,
    setPhotos,
    sent,
    send,
    again,
    /** Not reported after all: the act goes from the outbox, and its photos with it. */
    giveUp: () => void outbox.drop(draft.id).then(again),
    isBusy: doing.isBusy,
    error: doing.error,
    notice: noticeIn(doing.error),
  }
}

const blankAt = (id: string, gridId = ''): Draft => ({
  id,
  text: '',
  category: '',
  place: '',
  behalf: '',
  point: null,
  gridId,
})

export type Report = ReturnType<typeof useReport>
type Ask = AskOfAct<'reportEvent'>

const evidenceFor = (eventId: string, photos: readonly Photo[], label: string): Fresh<'attachEvidence'> => ({
  name: 'attachEvidence',
  label: Array.from(label).slice(0, 30).join(''),
  subject: eventId,
  ask: { eventId, evidenceIds: [], phase: 'before' },
  photos: photosFor(photos, eventId, 'before'),
  isAfterPhotos: true,
})

/** A draft as it is sent, written out by field: a name that the contract does not know fails here. */
const askOf = (draft: Draft, more: Pick<Ask, 'categoryCode' | 'stopNoticeRead' | 'source'>): Ask => ({
  id: draft.id,
  title: Array.from(draft.text.trim()).slice(0, 50).join(''),
  content: draft.text,
  gridId: draft.gridId || null,
  point: draft.point,
  placeText: draft.place,
  onBehalfOf: draft.behalf.trim() || undefined,
  evidenceIds: [],
  ...more,
})

function noticeIn(error: unknown): StopNotice | undefined {
  if (!(error instanceof Refused) || error.problem.problem !== 'category.stop-notice') return undefined
  const { notice, noticeEn } = error.problem.details ?? {}
  return { notice: textOf(notice), noticeEn: textOf(noticeEn) }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** What was refused, as the form shows it. */
function draftOf({ act }: KeptAct): Partial<Draft> {
  if (act.name !== 'reportEvent') return {}
  const { content, categoryCode, placeText = '', gridId, point = null, onBehalfOf: behalf = '' } = act.ask
  return {
    id: act.requestId,
    text: content,
    category: categoryCode,
    place: placeText,
    behalf,
    point,
    gridId: gridId ?? '',
  }
}

async function photosOf(kept: KeptAct, read: (id: string) => Promise<Blob | undefined>): Promise<Photo[]> {
  const blobs = await Promise.all(kept.photos.map(async (p) => ({ id: p.id, blob: await read(p.id) })))
  return blobs.flatMap(({ id, blob }) => (blob ? [{ id, blob, url: URL.createObjectURL(blob) }] : []))
}
