import { Alert, Select, Table, Tag } from 'antd'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { foreseeChange } from '@fengge/domain/places/net-contract'
import { netThings, type LoosePart, type NetFlow, type NetPost } from '@fengge/domain/places/terms'
import { useWords } from '@fengge/web/words/language.ts'
import { netThingNames, netThingWords } from '@fengge/web/words/terms.ts'
import type { Change } from './net-change.ts'

export type Foresight = ReplyOf<typeof foreseeChange>
/** What a person has said of a change so far. */
export interface Said {
  readonly settled: ReadonlyMap<string, string | null>
  readonly rest: string | null | undefined
  readonly staff: ReadonlyMap<string, readonly string[]>
}
export const nothingSaid: Said = { settled: new Map(), rest: undefined, staff: new Map() }

/** The change with what was said of it. */
export const withSaid = (change: Change, { settled, rest, staff }: Said): Change => ({
  ...change,
  settled: [...settled].map(([id, to]) => ({ id, to })),
  ...(rest === undefined ? {} : { rest }),
  staff: [...staff].map(([postingId, to]) => ({ postingId, to: [...to] })),
})

const isSaid = (said: Said, part: LoosePart) =>
  said.rest !== undefined || (part.id !== null && said.settled.has(part.id))
const isSent = (said: Said, post: NetPost) => said.staff.has(post.postingId) || post.followers.length < 2

/** Whether nothing is left to be said. */
export const isSettled = (foresight: Foresight, said: Said): boolean =>
  foresight.loose.every((l) => isSaid(said, l)) && foresight.posts.every((p) => isSent(said, p))

const villageOption = 'village'

/** 「9 栋楼、755 人 → 第二部分」, a line a side; what stays where it is comes after what moves. */
export function Moved({
  moved,
  places,
}: {
  moved: readonly NetFlow[]
  places: readonly { id: string; name: string }[]
}) {
  const { t, w } = useWords()
  const nameOf = (id: string | null) =>
    places.find((p) => p.id === id)?.name ??
    (id === null ? t('所属村（社区），不属任何网格', 'the village, in no grid') : t('其他网格', 'another grid'))
  const sides = [...Map.groupBy(moved, (m) => `${m.from === m.to ? 'stay' : 'go'} ${m.to}`)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )
  if (sides.length === 0)
    return <p>{t('此处尚无登记的楼栋、人员和未结事项。', 'Nothing is registered or open here.')}</p>
  return (
    <ul aria-label={t('各归何处', 'What goes where')}>
      {sides.map(([key, flows]) => {
        const counts = netThings.flatMap((thing) => {
          const n = flows.filter((f) => f.thing === thing).reduce((sum, f) => sum + f.n, 0)
          return n === 0 ? [] : [t(`${n} ${w(netThingWords, thing)}`, `${n} ${w(netThingWords, thing)}`)]
        })
        const isStay = key.startsWith('stay')
        return (
          <li key={key}>
            {counts.join(t('、', ', '))} {isStay ? t('留在', 'stay in') : '→'} <strong>{nameOf(flows[0]!.to)}</strong>
          </li>
        )
      })}
    </ul>
  )
}

interface Props {
  readonly kind: Change['kind']
  readonly foresight: Foresight
  readonly said: Said
  readonly onSaid: (said: Said) => void
}

/** What a change will bring, and all that a person has to say before it takes effect. */
export function Foreseen({ kind, foresight, said, onSaid }: Props) {
  const { t } = useWords()
  const { places, moved, loose, posts, below } = foresight
  return (
    <section aria-label={t('预览', 'Preview')}>
      <h3>{t('生效后各归何处', 'What goes where')}</h3>
      <Moved moved={moved} places={places} />
      {below.length > 0 && (
        <p>
          {t('下级网格：', 'Grids below: ')}
          {below.map((m) => `${m.name} → ${m.to.length === 0 ? t('撤销', 'closed') : m.to.join('、')}`).join('；')}
        </p>
      )}
      {loose.length > 0 && <LooseList {...{ kind, foresight, said, onSaid }} />}
      {posts.length > 0 && <PostList {...{ posts, places, said, onSaid }} />}
    </section>
  )
}

function LooseList({ kind, foresight: { places, loose }, said, onSaid }: Props) {
  const { t } = useWords()
  const grids = places.filter((p) => p.tier === 'grid').map((p) => ({ value: p.id, label: p.name }))
  const stay =
    kind === 'border' || kind === 'carve' ? [{ value: 'stay', label: t('留在原网格', 'Stay where they are') }] : []
  const village = { value: villageOption, label: t('归村（社区），不属任何网格', 'The village, in no grid') }
  const count = (parts: readonly LoosePart[]) => parts.reduce((sum, l) => sum + l.n, 0)
  const [open, all] = [count(loose.filter((l) => !isSaid(said, l))), count(loose)]
  return (
    <>
      <h3>{t(`没有坐标，须先确定去向（${all} 项）`, `Without a point, to be settled first (${all})`)}</h3>
      <Alert
        type={open === 0 ? 'success' : 'warning'}
        role="status"
        title={
          open === 0
            ? t('去向都已确定。', 'All are settled.')
            : t(`还有 ${open} 项未定：可逐项选择，或一并选择。`, `${open} left: choose one by one, or all at once.`)
        }
      />
      <label>
        {t('其余全部 → ', 'All the rest → ')}
        <Select
          aria-label={t('其余全部去向', 'Where all the rest goes')}
          style={{ minWidth: 240, margin: '8px 0' }}
          allowClear
          placeholder={t('请选择', 'Choose')}
          value={optionOf(said.rest)}
          onChange={(to: string | undefined) => onSaid({ ...said, rest: to === undefined ? to : placeOf(to) })}
          options={[...stay, ...grids, village]}
        />
      </label>
      <LooseTable {...{ loose, said, onSaid }} options={[...grids, village]} />
    </>
  )
}

/** The village above is null in a change, and a word among options. */
const optionOf = (to: string | null | undefined) => (to === null ? villageOption : (to ?? null))
const placeOf = (option: string) => (option === villageOption ? null : option)

interface LooseProps extends Pick<Props, 'said' | 'onSaid'> {
  readonly loose: readonly LoosePart[]
  readonly options: { value: string; label: string }[]
}
function LooseTable({ loose, said, onSaid, options }: LooseProps) {
  const { t, w } = useWords()
  const withRest = t('随“其余全部”', 'With all the rest')
  const settle = (id: string, option: string) =>
    onSaid({ ...said, settled: new Map(said.settled).set(id, placeOf(option)) })
  return (
    <Table
      size="small"
      rowKey={(l) => `${l.thing} ${l.id ?? l.from}`}
      pagination={{ pageSize: 8, hideOnSinglePage: true, showTotal: (n) => t(`共 ${n} 行`, `${n} rows`) }}
      dataSource={[...loose]}
      columns={[
        { title: t('类别', 'Kind'), render: (_, l) => <Tag>{w(netThingNames, l.thing)}</Tag> },
        { title: t('名称', 'Name'), render: (_, l) => (l.id === null ? t(`${l.n} 项`, `${l.n}`) : l.name) },
        {
          title: t('去向', 'Goes to'),
          render: (_, { id, name }) =>
            id === null ? (
              withRest
            ) : (
              <Select
                aria-label={t(`${name}的去向`, `Where ${name} goes`)}
                style={{ minWidth: 200 }}
                placeholder={said.rest === undefined ? t('请选择', 'Choose') : withRest}
                value={optionOf(said.settled.get(id))}
                onChange={(option: string) => settle(id, option)}
                options={options}
              />
            ),
        },
      ]}
    />
  )
}

interface PostProps extends Pick<Props, 'said' | 'onSaid'> {
  readonly posts: readonly NetPost[]
  readonly places: Foresight['places']
}

/** Who serves on where: one choice for each post, several grids only where somebody chose several. */
function PostList({ posts, places, said, onSaid }: PostProps) {
  const { t } = useWords()
  const nameOf = (id: string) => places.find((p) => p.id === id)?.name ?? ''
  return (
    <>
      <h3>{t('人员去向', 'Where everybody serves on')}</h3>
      <Table
        size="small"
        rowKey="postingId"
        pagination={{ pageSize: 8, hideOnSinglePage: true }}
        dataSource={[...posts]}
        columns={[
          { title: t('姓名', 'Name'), dataIndex: 'holder' },
          { title: t('岗位', 'Post'), dataIndex: 'role' },
          {
            title: t('去向', 'Goes to'),
            render: (_, p) => {
              if (p.followers.length === 0) return t('岗位随网格结束', 'The post ends with its grid')
              if (p.followers.length === 1) return nameOf(p.followers[0]!)
              return (
                <Select
                  mode="multiple"
                  aria-label={t(`${p.holder}（${p.role}）的去向`, `Where ${p.holder} serves on`)}
                  style={{ minWidth: 240 }}
                  placeholder={t('请选择，可选多个', 'Choose one or more')}
                  value={[...(said.staff.get(p.postingId) ?? [])]}
                  onChange={(to: string[]) => {
                    const staff = new Map(said.staff)
                    if (to.length === 0) staff.delete(p.postingId)
                    else staff.set(p.postingId, to)
                    onSaid({ ...said, staff })
                  }}
                  options={p.followers.map((f) => ({ value: f, label: nameOf(f) }))}
                />
              )
            },
          },
        ]}
      />
    </>
  )
}
