import { Alert, Modal, Typography } from 'antd'
import { useWords } from '@fengge/web/words/language.ts'

/** The key of a device, shown once: the server keeps no more than its digest. */
export function KeyShown({ value, onClose }: { readonly value: string; readonly onClose: () => void }) {
  const { t } = useWords()
  return (
    <Modal
      open
      title={t('设备密钥', 'Key of the device')}
      onOk={onClose}
      onCancel={onClose}
      okText={t('已写入设备', 'It is in the device')}
      cancelButtonProps={{ style: { display: 'none' } }}
      mask={{ closable: false }}
    >
      <Alert
        type="warning"
        title={t(
          '只显示这一次，请现在写入设备或网关；遗失只能更换。',
          'Shown this once. Put it into the device or gateway now; a lost one can only be renewed.',
        )}
        style={{ marginBottom: 12 }}
      />
      <Typography.Paragraph code copyable aria-label={t('密钥', 'Key')}>
        {value}
      </Typography.Paragraph>
    </Modal>
  )
}
