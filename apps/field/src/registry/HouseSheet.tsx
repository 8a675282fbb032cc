import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as c from '@fengge/domain/registry/contract'
import type { LinkRole, RecordView, Value } from '@fengge/domain/registry/terms'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { cautionWords, groupRentWords, linkRoleWords, sortWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { PersonForm, type Field } from './PersonForm.tsx'

const makeIds = () => ({ person: freshId(), save: freshId(), link: freshId(), tie: freshId() })

/** A household on one page: what is known, what is missing, one tap to confirm, and a way to add who moved in. */
export function HouseSheet({ id }: { id: string }) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const page = useQuery({ queryKey: ['household', id], queryFn: () => call(c.getHousehold, { houseId: id }) })
  const fields = useQuery({ queryKey: ['fields'], queryFn: async () => (await call(c.listFields, {})).fields.filter((f) => f.kind === 'person' && f.isOn), staleTime: 300_000 })
  const [adding, setAdding] = useState(false)
  const [reason, setReason] = useState<string | null>(null)
  const refresh = () => client.invalidateQueries()
  const confirm = useMutation({
    mutationFn: (v: { isAsked: boolean; reason: string }) => call(c.confirmRecords, { requestId: freshId(), houseId: id, ids: [id, ...page.data!.living.map((p) => p.record.id)], ...v }),
    onSuccess: async () => { setReason(null); await refresh() }, onError: (e) => { if (e instanceof Refused && e.problem.problem === 'household.asked-recently') setReason('') },
  })
  // The ids stay until both calls are through: a second try after a broken line is the same person and the same link.
  const [ids, setIds] = useState(makeIds)
  const add = useMutation({
    mutationFn: async (v: { values: Record<string, Value>; role: LinkRole; personId?: string }) => {
      const personId = v.personId ?? ids.person
      if (v.personId === undefined) await call(c.saveRecord, { requestId: ids.save, id: personId, kind: 'person', version: 0, placeId: page.data!.house.gridId ?? undefined, values: v.values })
      await call(c.linkPerson, { requestId: ids.tie, id: ids.link, personId, houseId: id, role: v.role, fromOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), basis: t('本人告知', 'Said so') })
    },
    onSuccess: async () => { setAdding(false); setIds(makeIds()); await refresh() },
  })
  const use = useMutation({ mutationFn: (value: string) => call(c.saveRecord, { requestId: freshId(), id, kind: 'house', version: page.data!.house.version, values: { use: value } }), onSuccess: refresh })
  const back = page.data?.building ? `grid/b.${page.data.building.id}` : 'grid'
  if (page.error) return <main><p className="error" role="alert">{fault(page.error)}</p><a className="button plain" href="#grid">{t('返回', 'Back')}</a></main>
  if (!page.data) return <main><p role="status">{t('正在读取…', 'Loading …')}</p></main>
  const { house, living } = page.data
  if (adding) return <PersonForm houseId={id} fields={fields.data ?? []} error={add.error} isBusy={add.isPending} cancel={() => setAdding(false)} choose={(personId, role) => add.mutate({ values: {}, role, personId })} save={(values, role) => add.mutate({ values, role })} />
  return (
    <>
      <header className="top"><button className="small" onClick={() => { location.hash = back }}>{t('返回', 'Back')}</button><h1>{page.data.address}</h1></header>
      <main>
        <p className="soft">{t('上次核实', 'Verified')}：{house.confirmedAt ? showTime(house.confirmedAt) : t('从未', 'never')}{page.data.isQuiet && ` · ${t('近期已询问，请勿再打扰', 'asked lately, do not disturb')}`}</p>
        {page.data.groupRent.map((r) => <p className="notice" key={r}>{w(groupRentWords, r)}</p>)}
        <fieldset><legend>{t('这套房现在', 'This house is')}</legend><div className="chips">{['self', 'rental', 'group', 'vacant', 'shop'].map((v) => <button key={v} className="small" aria-pressed={house.values['use'] === v} disabled={use.isPending} onClick={() => use.mutate(v)}>{w(sortWords, v)}</button>)}</div></fieldset>
        <h2>{t(`现住 ${living.length} 人`, `${living.length} living here`)}</h2>
        {living.map((p) => <div className="card" key={p.linkId}><strong>{p.record.name}</strong> {w(linkRoleWords, p.role)}{p.visitDue && <strong className="due"> {t('应走访', 'Visit due')}</strong>}{p.cautions.length > 0 && <div className="notice">{p.cautions.map((x) => w(cautionWords, x)).join('、')}</div>}<Known record={p.record} fields={fields.data ?? []} refresh={refresh} /></div>)}
        {confirm.error && reason === null ? <p className="error" role="alert">{fault(confirm.error)}</p> : null}
        {confirm.isSuccess && <p className="ok" role="status">{t('已确认，谢谢。', 'Confirmed, thank you.')}</p>}
        {reason === null ? <button className="button" disabled={confirm.isPending} onClick={() => confirm.mutate({ isAsked: !page.data.isQuiet, reason: '' })}>{page.data.isQuiet ? t('信息无变化（未打扰）', 'Still true (nobody asked)') : t('问过了，没有变化', 'Asked, nothing changed')}</button>
          : <form onSubmit={(e) => { e.preventDefault(); confirm.mutate({ isAsked: true, reason }) }}><p className="notice" role="alert">{t('这一户九十天内已经问过。', 'This household was asked within ninety days.')}</p><label htmlFor="why">{t('再次询问的理由', 'Why ask again')}</label><input id="why" required value={reason} onChange={(e) => setReason(e.target.value)} /><button className="button">{t('确认', 'Confirm')}</button><button type="button" className="button plain" onClick={() => setReason(null)}>{t('取消', 'Cancel')}</button></form>}
        <button className="button plain" onClick={() => setAdding(true)}>{t('新来了人', 'Somebody moved in')}</button>
      </main>
    </>
  )
}

/** What is known is shown and only the gap is asked. */
function Known({ record, fields, refresh }: { record: RecordView; fields: readonly Field[]; refresh(): Promise<void> }) {
  const { t, fault } = useWords()
  const [typed, setTyped] = useState<Record<string, string>>({})
  const gaps = fields.filter((f) => record.gaps.includes(f.code))
  const save = useMutation({ mutationFn: () => call(c.saveRecord, { requestId: freshId(), id: record.id, kind: 'person', version: record.version, values: Object.fromEntries(Object.entries(typed).filter(([, v]) => v.trim() !== '')) }), onSuccess: async () => { setTyped({}); await refresh() } })
  return (
    <>
      <div className="soft">{fields.filter((f) => record.values[f.code] !== undefined && f.code !== 'name').map((f) => `${t(f.name, f.nameEn)} ${showChoice(f, record.values[f.code]!, t)}`).join(' · ')}</div>
      {gaps.length > 0 && record.can.includes('registry.write') && <form onSubmit={(e) => { e.preventDefault(); save.mutate() }}>
        {save.error ? <p className="error" role="alert">{fault(save.error)}</p> : null}
        {gaps.map((f) => <div key={f.code}><label htmlFor={`${record.id}-${f.code}`}>{t(`还缺：${f.name}`, `Missing: ${f.nameEn}`)}</label><input id={`${record.id}-${f.code}`} value={typed[f.code] ?? ''} onChange={(e) => setTyped({ ...typed, [f.code]: e.target.value })} autoComplete="off" inputMode={f.type === 'phone' ? 'tel' : 'text'} /></div>)}
        {Object.values(typed).some((v) => v.trim() !== '') && <button className="button" disabled={save.isPending}>{t('补上', 'Save')}</button>}
      </form>}
    </>
  )
}
export const showChoice = (f: Field, value: Value, t: (zh: string, en: string) => string) => { const choice = f.choices.find(([code]) => code === value); return choice ? t(choice[1], choice[2]) : String(value) }
