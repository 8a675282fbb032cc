import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Space, Switch, Table, Tag } from 'antd'
import { dayOf } from '@fengge/domain/kernel/time'
import { listMatters, saveMatter, switchMatterSet } from '@fengge/domain/matters/contract'
import { isInForce, type Matter } from '@fengge/domain/matters/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { matterKindWords, matterObjectWords, ownerWords, taskKindWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { AskForm } from '../shell/AskForm.tsx'
import { useMatterQuestions, type MatterAnswers } from './useMatterQuestions.ts'

const today = () => dayOf(Date.now())

/** What the grid may be asked to do, from when to when, of what kind and about whom; nothing else can be asked. */
export function MattersTab() {
  const { t } = useWords()
  const list = useQuery({ queryKey: ['matters'], queryFn: () => call(listMatters, {}) })
  const mayEdit = list.data?.mayEdit ?? false
  return (
    <div className="panel">
      <Space wrap style={{ marginBottom: 12 }}>
        <SetSwitches sets={list.data?.sets ?? []} mayEdit={mayEdit} />
        {mayEdit && <MatterForm known={null} />}
      </Space>
      <p className="soft">
        {t(
          '名称标“整理”的为根据公开资料整理，不代表原文。派单、专项行动只能在事项写明的任务种类、对象和分钟之内。',
          'Those marked as reconstructed follow public material, not the original wording. Orders and campaigns keep to the kinds, objects and minutes that a matter states.',
        )}
      </p>
      <MatterTable matters={list.data?.matters ?? []} isLoading={list.isPending} mayEdit={mayEdit} />
    </div>
  )
}

interface SetsProps {
  readonly sets: readonly { readonly code: string; readonly matters: number; readonly inForce: number }[]
  readonly mayEdit: boolean
}

function SetSwitches({ sets, mayEdit }: SetsProps) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const turn = useMutation({
    mutationFn: (v: { setCode: string; isOn: boolean }) =>
      call(switchMatterSet, { requestId: freshId(), on: today(), ...v }),
    onSuccess: () => client.invalidateQueries(),
  })
  const names: Record<string, string> = {
    '000': t('六项职责九类 25 项', '25 items'),
    '001': t('八类', '8 kinds'),
    '002': t('七大领域', '7 fields'),
    jiangsu: t('江苏十二项', 'Jiangsu’s 12'),
  }
  return (
    <>
      {sets.map((s) => (
        <span key={s.code}>
          <Switch
            size="small"
            checked={s.inForce > 0}
            disabled={!mayEdit || turn.isPending}
            onChange={(isOn) => turn.mutate({ setCode: s.code, isOn })}
            aria-label={names[s.code] ?? s.code}
          />{' '}
          {names[s.code] ?? s.code} ({s.inForce}/{s.matters})
        </span>
      ))}
      {turn.error ? <Alert type="error" role="alert" title={fault(turn.error)} /> : null}
    </>
  )
}

function MatterForm({ known }: { known: Matter | null }) {
  const { t } = useWords()
  const questions = useMatterQuestions(known !== null)
  const send = (v: MatterAnswers) =>
    call(saveMatter, {
      requestId: freshId(),
      id: known?.id ?? freshId(),
      version: known?.version ?? 0,
      code: known?.code ?? '',
      classCode: known?.classCode ?? 'X',
      classNameEn: known?.classNameEn ?? v.className,
      ...v,
      nameEn: v.nameEn || v.name,
      evidenceWhy: v.evidenceWhy ?? '',
      validTo: v.validTo ?? null,
    })
  return (
    <AskForm<MatterAnswers>
      label={known ? t('修改', 'Change') : t('登记事项', 'Add a matter')}
      isSmall={known !== null}
      changes={['matters', 'matters-in-force']}
      questions={questions}
      initial={known ?? { kind: 'regular', evidence: 'none', minutes: 30 }}
      send={send}
    />
  )
}

interface TableProps {
  readonly matters: readonly Matter[]
  readonly isLoading: boolean
  readonly mayEdit: boolean
}

function MatterTable({ matters, isLoading, mayEdit }: TableProps) {
  const { t, w } = useWords()
  return (
    <Table<Matter>
      rowKey="id"
      size="small"
      loading={isLoading}
      dataSource={[...matters]}
      pagination={{ pageSize: 30, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 1000 }}
      expandable={{ expandedRowRender: (x) => <MatterFields matter={x} /> }}
      columns={[
        { title: t('编码', 'Code'), dataIndex: 'code', width: 110 },
        {
          title: t('事项', 'Matter'),
          render: (_, x) => (
            <>
              {t(x.name, x.nameEn)} {x.isReconstructed && <Tag>{t('整理', 'Reconstructed')}</Tag>}
            </>
          ),
        },
        { title: t('类别', 'Class'), render: (_, x) => t(x.className, x.classNameEn) },
        { title: t('性质', 'Kind'), render: (_, x) => w(matterKindWords, x.kind), width: 80 },
        { title: t('责任部门', 'Owner'), render: (_, x) => w(ownerWords, x.owner) },
        {
          title: t('任务种类', 'Work'),
          render: (_, x) =>
            x.taskKinds.length === 0 ? (
              <Tag color="orange">{t('未写明，不能派单', 'not stated: nothing can be ordered')}</Tag>
            ) : (
              x.taskKinds.map((k) => w(taskKindWords, k)).join('、')
            ),
        },
        { title: t('对象', 'About'), render: (_, x) => x.objects.map((o) => w(matterObjectWords, o)).join('、') },
        { title: t('每次分钟', 'Minutes'), dataIndex: 'minutes', width: 90 },
        {
          title: t('有效期', 'In force'),
          render: (_, x) => (
            <>
              {isInForce(x, today()) ? <Tag color="green">{t('有效', 'yes')}</Tag> : <Tag>{t('无效', 'no')}</Tag>}{' '}
              {x.validFrom} — {x.validTo ?? t('长期', 'open')}
            </>
          ),
        },
        { title: '', render: (_, x) => mayEdit && <MatterForm known={x} />, width: 80 },
      ]}
    />
  )
}

/** What a matter states beside its name: who answers, how it goes, what it takes, how often, who pays, by what right. */
function MatterFields({ matter: x }: { matter: Matter }) {
  const { t, w } = useWords()
  const facts: readonly [string, string][] = [
    [t('责任部门', 'Owner'), w(ownerWords, x.owner)],
    [t('工作流程', 'Steps'), x.steps],
    [t('工作量', 'Effort'), x.effort],
    [t('频次', 'Frequency'), x.frequency],
    [t('经费保障', 'Funding'), x.funding],
    [t('法律政策依据', 'Legal basis'), x.basis],
    [t('留证', 'Evidence'), x.evidence === 'none' ? t('不需要', 'None') : x.evidenceWhy],
  ]
  return (
    <dl className="facts" style={{ margin: 0 }}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value === '' ? t('未写明', 'not stated') : value}</dd>
        </div>
      ))}
    </dl>
  )
}
