import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { Refused } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { SignInForm } from './SignIn.tsx'

const isSignedOut = (error: unknown): boolean => error instanceof Refused && error.problem.problem === 'signed-out'

/** Signing in over the page when a session ended in the middle of something: what was typed stays. */
export function SignedOut({ accountId }: { readonly accountId: string }) {
  const { t } = useWords()
  const client = useQueryClient()
  const [isOut, setOut] = useState(false)
  useEffect(() => {
    const leaveQueries = client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error' && isSignedOut(event.action.error)) setOut(true)
    })
    const leaveWrites = client.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error' && isSignedOut(event.action.error)) setOut(true)
    })
    return () => {
      leaveQueries()
      leaveWrites()
    }
  }, [client])
  return (
    <Modal
      open={isOut}
      zIndex={2000}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={null}
      destroyOnHidden
    >
      <h2>{t('登录已失效，请重新登录', 'Your session has ended; please sign in again')}</h2>
      <p className="soft">{t('页面上已填写的内容还在，登录后可继续提交。', 'What you have typed is still there.')}</p>
      <SignInForm
        onDone={(me) => {
          // Somebody else sees nothing of what the first one had before him.
          if (me.accountId !== accountId) window.location.assign('/console/')
          setOut(false)
          void client.invalidateQueries()
        }}
      />
    </Modal>
  )
}
