import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Space, Table, Tag } from 'antd'
import type { z } from 'zod'
import * as c from '@fengge/domain/sync/contract'
import type { Value } from '@fengge/domain/registry/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { actWords, toldWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { AskForm } from '../shell/AskForm.tsx'
import { More, usePaged } from '../shell/Paged.tsx'

type Row = z.output<typeof c.InboxRow>

/**
 * Acts that lie with the desk: who made each, about what, and what it would change; then to be applied, noted or dropped. Of
 * what is told in confidence to others it says who decides.
 */
export function InboxTable({ isQuiet = false }: { readonly isQuiet?: boolean }) {
  const { t, fault, language } = useWords()
  const inbox = usePaged(['inbox'], (after) => call(c.listInbox, after))
  const rows = inbox.data?.pages.flatMap((p) => p.rows) ?? []
  const total = inbox.data?.pages[0]?.total
  if (isQuiet && rows.length === 0) return null
  return (
    <>
      <h2>
        {t('待处理的移交内容', 'For the desk to decide')} {total}
      </h2>
      <p className="soft">
        {t(
          '手机上早先写下、送来时工作已归别人的内容。可以采用、附为说明，或写明理由不采用；不会丢。采用后以您的名义办理，并记下是谁写的。',
          'Written on a phone earlier, when the work was still its holder’s. Apply it, keep it as a note, or drop it with a reason; nothing is lost. What you apply is done in your name, and it is kept who wrote it.',
        )}
      </p>
      {inbox.error && <Alert type="error" role="alert" title={fault(inbox.error)} />}
      <Table
        rowKey="id"
        size="small"
        loading={inbox.isPending}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 900 }}
        locale={{ emptyText: t('没有', 'None') }}
        columns={[
          {
            title: t('内容', 'Content'),
            render: (_, r) => (r.confided ? <InConfidence of={r.confided} /> : <Content row={r} />),
          },
          {
            title: t('谁写的', 'Who wrote it'),
            render: (_, r) => (
              <>
                {r.holder}
                <div className="soft">{r.post}</div>
                {r.isFromOutside && <Tag color="red">{t('不在这里任职', 'serves elsewhere')}</Tag>}
              </>
            ),
          },
          { title: t('写于', 'Written'), render: (_, r) => showTime(r.madeAt) },
          {
            title: t('为何没有直接入册', 'Why not at once'),
            render: (_, r) =>
              r.problem === 'device.wiped'
                ? t('手机被清除前交回', 'Handed in before a wipe')
                : r.confided === null && sentenceFor(r.problem, language),
          },
          { title: '', render: (_, r) => r.canApply && <Decisions row={r} /> },
        ]}
      />
      <More list={inbox} shown={rows.length} total={total} />
    </>
  )
}

/** That something is there, and who decides on it. */
function InConfidence({ of: { by, placeName } }: { readonly of: NonNullable<Row['confided']> }) {
  const { t } = useWords()
  const words = {
    desk: t(`由${placeName}有权查看的值班人员决定`, `whoever is told in confidence at ${placeName} decides`),
    registry: t(`由${placeName}的档案管理人员决定`, `whoever keeps the registry of ${placeName} decides`),
    keeper: t(`由${placeName}的特殊人群管理员决定`, `whoever keeps these records of ${placeName} decides`),
  }
  return (
    <>
      <Tag color="red">{t('保密内容', 'In confidence')}</Tag>
      <span className="soft">{words[by]}</span>
    </>
  )
}

function Content({ row }: { row: Row }) {
  const { t, w } = useWords()
  const textOf = ({ choices }: Row['changes'][number], value: Value) => {
    if (value === null || value === '') return t('（空）', '(empty)')
    if (typeof value === 'boolean') return value ? t('是', 'yes') : t('否', 'no')
    const choice = choices.find(([code]) => code === value)
    return choice ? t(choice[1], choice[2]) : String(value)
  }
  return (
    <>
      <Tag>{w(actWords, row.name)}</Tag>
      <span className="soft">{row.placeName}</span>
      {row.about.map((a) => (
        <div key={a.id}>
          <About about={a} />
        </div>
      ))}
      {row.changes.length > 0 && (
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {row.changes.map((change) => (
            <li key={change.field}>
              {t(change.name, change.nameEn)}：
              {change.isHidden ? (
                t('有改动，您无权查看', 'changes; not for you to see')
              ) : (
                <>
                  <del>{textOf(change, change.before)}</del> → <strong>{textOf(change, change.after)}</strong>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {row.told.map((told, i) => (
        <div key={`${told.field}${i}`}>
          <span className="soft">{w(toldWords, told.field)}：</span>
          {told.text}
        </div>
      ))}
      <HandedPhotos photos={row.photos} />
    </>
  )
}

function About({ about: { kind, id, name } }: { about: Row['about'][number] }) {
  if (kind === 'event')
    return (
      <Link to="/events/$id" params={{ id }}>
        {name}
      </Link>
    )
  if (kind === 'house')
    return (
      <Link to="/registry/house/$id" params={{ id }}>
        {name}
      </Link>
    )
  if (kind === 'building')
    return (
      <Link to="/registry/building/$id" params={{ id }}>
        {name}
      </Link>
    )
  return (
    <Link to="/registry/record/$id" params={{ id }}>
      {name}
    </Link>
  )
}

/** Photos that came with an act of a wiped phone; one that never arrived is named too. */
function HandedPhotos({ photos }: { photos: Row['photos'] }) {
  const { t } = useWords()
  const missing = photos.filter((p) => !p.hasCome).length
  return (
    <>
      {photos
        .filter((p) => p.hasCome)
        .map((p, i) => (
          <a key={p.id} href={`/api/sync/inbox/photo?id=${p.id}`} target="_blank" rel="noreferrer">
            <img
              src={`/api/sync/inbox/photo?id=${p.id}`}
              alt={t(`移交的照片 ${i + 1}`, `Photo ${i + 1} handed in`)}
              loading="lazy"
              style={{ height: 64, margin: 4 }}
            />
          </a>
        ))}
      {missing > 0 && <Tag color="orange">{t(`${missing} 张照片未交回`, `${missing} photos never arrived`)}</Tag>}
    </>
  )
}

function Decisions({ row }: { row: Row }) {
  const { t } = useWords()
  const client = useQueryClient()
  const seen = row.photos.filter((p) => p.hasCome).map(({ id, digest }) => ({ id, digest }))
  const decide = (choice: 'apply' | 'note' | 'drop', reason = '') =>
    call(c.decideInbox, { requestId: freshId(), id: row.id, choice, reason, photos: seen }).catch(async (error) => {
      await client.invalidateQueries({ queryKey: ['inbox'] })
      throw error
    })
  return (
    <Space wrap>
      {row.mayApply && (
        <AskForm
          label={t('采用', 'Apply')}
          isSmall
          changes={['inbox']}
          note={
            <>
              <p>
                {t(
                  `以您的名义办理，并记下由${row.holder}（${row.post}）写来。`,
                  `Done in your name; it is kept that ${row.holder} (${row.post}) wrote it.`,
                )}
              </p>
              <Content row={row} />
            </>
          }
          questions={[]}
          send={() => decide('apply')}
        />
      )}
      <AskForm
        label={t('附为说明', 'Note')}
        isSmall
        changes={['inbox']}
        questions={[{ name: 'reason', label: t('说明', 'Note'), kind: 'line', most: 200 }]}
        send={(v) => decide('note', String(v['reason']))}
      />
      <AskForm
        label={t('不采用', 'Drop')}
        isSmall
        isDanger
        changes={['inbox']}
        questions={[{ name: 'reason', label: t('理由', 'Reason'), kind: 'line', most: 200 }]}
        send={(v) => decide('drop', String(v['reason']))}
      />
    </Space>
  )
}
