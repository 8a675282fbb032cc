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

/** Needs a line: whoever has none sees nothing of it. */
export function BadgePhoto() {
  const { t } = useWords()
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
          <img className="face" alt={t('我的照片', 'My photo')} src={`data:image/jpeg;base64,${data.photo}`} />
          <p className="soft">
            {t(`${data.consentedOn} 本人同意使用`, `Used with your consent of ${data.consentedOn}`)}
          </p>
          <button
            className="button plain"
            disabled={doing.isBusy}
            onClick={() => act(() => call(dropBadgePhoto, { requestId: freshId() }))}
          >
            {t('撤回同意，删除照片', 'Take the consent back, delete the photo')}
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
  const { t } = useWords()
  return (
    <section className="card">
      <strong>{t(`${offered.by} 为您拍了一张工作证照片`, `${offered.by} took a photo for your badge`)}</strong>
      <img
        className="face"
        alt={t('代拍的照片', 'The photo that was taken')}
        src={`data:image/jpeg;base64,${offered.photo}`}
      />
      <p>{useConsentWords()}</p>
      <button className="button" disabled={isBusy} onClick={() => onAnswer(true)}>
        {t('我同意使用', 'I agree')}
      </button>
      <button className="button plain" disabled={isBusy} onClick={() => onAnswer(false)}>
        {t('不同意，删除', 'No, delete it')}
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
  const { t } = useWords()
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
        aria-label={t('选择本人照片', 'Choose a photo of yourself')}
      />
      <button className="button plain" disabled={!isAgreed || isBusy} onClick={() => input.current?.click()}>
        {isBusy ? t('正在上传…', 'Sending…') : t('放上照片', 'Add a photo')}
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
