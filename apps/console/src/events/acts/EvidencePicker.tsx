import { Alert, Button, Space, Tag } from 'antd'
import { useRef, useState } from 'react'
import { shrinkPhoto, uploadEvidence } from '@fengge/web/api/upload.ts'
import { useWords } from '@fengge/web/words/language.ts'

/** Chooses files, sends them at once and in pieces, and gives their ids. */
export function EvidencePicker({
  phase,
  ids,
  onChange,
}: {
  phase: string
  ids: string[]
  readonly onChange: (ids: string[]) => void
}) {
  const { t, fault } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [share, setShare] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const take = async (files: FileList | null) => {
    setError(null)
    try {
      const fresh: string[] = []
      for (const file of files ?? [])
        fresh.push(await uploadEvidence(await shrinkPhoto(file), file.name, phase, setShare))
      onChange([...ids, ...fresh])
    } catch (caught) {
      setError(caught)
    }
    setShare(null)
    if (input.current) input.current.value = ''
  }
  return (
    <Space wrap>
      <input
        ref={input}
        type="file"
        multiple
        style={{ display: 'none' }}
        accept="image/*,audio/*,video/mp4,.pdf,.docx,.xlsx"
        onChange={(e) => void take(e.target.files)}
        aria-label={t('选择文件', 'Choose files')}
      />
      <Button onClick={() => input.current?.click()} loading={share !== null}>
        {share === null ? t('添加', 'Add') : `${Math.round(share * 100)} %`}
      </Button>
      {ids.map((id, i) => (
        <Tag key={id} closable onClose={() => onChange(ids.filter((x) => x !== id))}>
          {t(`附件 ${i + 1}`, `File ${i + 1}`)}
        </Tag>
      ))}
      {error ? <Alert type="error" title={fault(error)} role="alert" /> : null}
    </Space>
  )
}
