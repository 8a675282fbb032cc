/** The photo on one's own badge: put there with consent, taken away at any time. It is kept in no store of the phone. */
import { useRef, useState } from 'react'
import {
  answerBadgePhoto,
  dropBadgePhoto,
  myBadgePhoto,
  saveBadgePhoto,
} from '@fengge/domain/identity/contract/badge-photo'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { shrinkPhoto } from '@fengge/web/api/upload.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useAsk, useDoing } from '../offline/useAsk.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { useMoreWords } from '../words/more.ts'

/** Needs a line: whoever has none sees nothing of it. */
export function BadgePhoto() {
  const say = useMoreWords()
  const [changes, setChanges] = useState(0)
  const { data, error } = useAsk(`badge photo ${changes}`, () => call(myBadgePhoto, {}))
  const doing = useDoing()
  const act = (work: () => Promise<unknown>) =>
    doing.run(async () => {
      await work()
      setChanges((n) => n + 1)
    })
  const save = (file: File) =>
    act(async () => call(saveBadgePhoto, { requestId: freshId(), photo: await base64Of(file), consents: true }))
  return (
    <div>
      <ErrorNote error={error ?? doing.error} />
      {data?.photo && (
        <>
          <img className="face" alt={say.myPhoto} src={`data:image/jpeg;base64,${data.photo}`} />
          <p className="soft">{say.usedWithYourConsent(data.consentedOn ?? '')}</p>
          <button
            className="button plain"
            disabled={doing.isBusy}
            onClick={() => act(() => call(dropBadgePhoto, { requestId: freshId() }))}
          >
            {say.takeConsentBackDelete}
          </button>
        </>
      )}
      {data?.offered && (
        <Offered
          offered={data.offered}
          isBusy={doing.isBusy}
          onAnswer={(consents) =>
            act(() => call(answerBadgePhoto, { requestId: freshId(), at: data.offered!.at, consents }))
          }
        />
      )}
      {data?.photo === null && !data.offered && <Offer isBusy={doing.isBusy} onPhoto={save} />}
    </div>
  )
}

interface OfferedProps {
  readonly offered: { readonly photo: string; readonly by: string; readonly at: string }
  readonly isBusy: boolean
  readonly onAnswer: (consents: boolean) => void
}

/** One that somebody else took: nothing uses it before he says so here. */
function Offered({ offered, isBusy, onAnswer }: OfferedProps) {
  const say = useMoreWords()
  return (
    <section className="card">
      <strong>{say.tookPhotoForYour(offered.by)}</strong>
      <img className="face" alt={say.photoTaken} src={`data:image/jpeg;base64,${offered.photo}`} />
      <p>{useConsentWords()}</p>
      <button className="button" disabled={isBusy} onClick={() => onAnswer(true)}>
        {say.iAgree}
      </button>
      <button className="button plain" disabled={isBusy} onClick={() => onAnswer(false)}>
        {say.noDelete}
      </button>
    </section>
  )
}

/** What is agreed to. */
function useConsentWords(): string {
  return useWords().t(
    '我同意（自愿）把一张本人照片印在工作证、名片和公示牌上，并在居民输入我的一分钟核验码时给他看。随时可以撤回，撤回就删除；不做人脸识别。',
    'I agree, freely, that one photo of me is printed on my badge, cards and boards, and shown to a resident who types my code of the minute. I may take this back at any time, and it is deleted. No face recognition.',
  )
}

/** What the photo is for, and, once that was agreed to, the choice of one. */
function Offer({ isBusy, onPhoto }: { isBusy: boolean; onPhoto: (file: File) => void }) {
  const say = useMoreWords()
  const words = useConsentWords()
  const [isAgreed, setAgreed] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <label className="pick">
        <input type="checkbox" checked={isAgreed} onChange={(e) => setAgreed(e.target.checked)} />
        {words}
      </label>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(e) => {
          const file = e.target.files?.[0]
          if (file) onPhoto(file)
        }}
        aria-label={say.choosePhotoYourself}
      />
      <button className="button plain" disabled={!isAgreed || isBusy} onClick={() => input.current?.click()}>
        {isBusy ? say.sending : say.addPhoto}
      </button>
    </>
  )
}

/** As JSON carries it. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await (await shrinkPhoto(file)).arrayBuffer())
  let signs = ''
  for (const byte of bytes) signs += String.fromCodePoint(byte)
  return btoa(signs)
}
