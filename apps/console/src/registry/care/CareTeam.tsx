import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { helperRoles } from '@fengge/domain/registry/care/key-populations'
import { saveHelper } from '@fengge/domain/registry/care/contract'
import { dayOf } from '@fengge/domain/kernel/time'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { helperRoleWords } from '@fengge/web/words/registry.ts'
import { AskForm } from '../../shell/AskForm.tsx'
import type { Overlay } from './Overlays.tsx'

type Helper = Overlay['team'][number]

/** Who helps, from a day to a day. */
export function CareTeam({ overlay: o }: { readonly overlay: Overlay }) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: (h: Helper) =>
      call(saveHelper, { requestId: freshId(), overlayId: o.id, ...h, toOn: dayOf(Date.now()) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['overlays'] }),
  })
  return (
    <div>
      <strong>{t('帮扶小组', 'Helpers')}</strong>
      {end.error ? <Alert type="error" role="alert" title={fault(end.error)} /> : null}
      <ul>
        {o.team.map((h) => (
          <li key={h.id}>
            {w(helperRoleWords, h.role)} {h.name} {h.contact}{' '}
            <span className="soft">
              {h.fromOn} — {h.toOn ?? t('今', 'now')}
            </span>{' '}
            {h.toOn === null && (
              <Button size="small" loading={end.isPending} onClick={() => end.mutate(h)}>
                {t('退出', 'End')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <AskForm
        label={t('加入成员', 'Add a helper')}
        isSmall
        changes={['overlays']}
        questions={[
          {
            name: 'role',
            label: t('身份', 'As'),
            kind: 'choice',
            options: helperRoles.map((r) => ({ value: r, label: w(helperRoleWords, r) })),
          },
          { name: 'name', label: t('姓名', 'Name'), kind: 'line', most: 30 },
          { name: 'contact', label: t('联系方式', 'Contact'), kind: 'line', most: 40, isOptional: true },
        ]}
        send={(v: Pick<Helper, 'role' | 'name'> & { contact?: string }) =>
          call(saveHelper, {
            requestId: freshId(),
            id: freshId(),
            overlayId: o.id,
            role: v.role,
            name: v.name,
            contact: v.contact ?? '',
            fromOn: dayOf(Date.now()),
          })
        }
      />
    </div>
  )
}
