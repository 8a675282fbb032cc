import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useRef } from 'react'
import { offerBadgePhoto } from '@fengge/domain/identity/contract/badge-photo'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { shrinkPhoto } from '@fengge/web/api/upload.ts'
import { base64Of } from '@fengge/web/api/workbook-files.ts'
import { useWords } from '@fengge/web/words/language.ts'

/** Takes a photo for somebody's badge; it is used once he agrees on his own phone. */
export function TakePhoto({ accountId, name }: { readonly accountId: string; readonly name: string }) {
  const { t, fault } = useWords()
  const { modal, message } = App.useApp()
  const input = useRef<HTMLInputElement>(null)
  const send = useMutation({
    mutationFn: async (file: File) =>
      call(offerBadgePhoto, { requestId: freshId(), accountId, photo: await base64Of(await shrinkPhoto(file)) }),
    onSuccess: () =>
      void message.success(
        t(
          `已提交。请${name}本人在手机“更多—工作证”里同意，同意前不会使用；两周内未同意自动删除。`,
          `Sent. ${name} has to agree on his own phone, under More, Badge; nothing uses it before, and it is deleted after two weeks.`,
        ),
        8,
      ),
    onError: (error) => {
      void modal.error({ title: fault(error) })
    },
  })
  return (
    <>
      <Button size="small" loading={send.isPending} onClick={() => input.current?.click()}>
        {t('代拍照片', 'Take a photo')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="user"
        hidden
        aria-label={t(`${name}的照片`, `Photo of ${name}`)}
        onChange={(e) => {
          const file = e.target.files?.[0]
          if (file) send.mutate(file)
          e.target.value = ''
        }}
      />
    </>
  )
}
