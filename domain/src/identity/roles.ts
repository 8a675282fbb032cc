/**
 * The roles a county starts with and the duties each grants. They become rows; a county may change them.
 * Sources: domain.md A12 (three administrators), B1, D2; requirements.md W3. No role has every duty, and the
 * three administrators have no business duty at all.
 */
import type { Duty } from '../kernel/duty.ts'

const adminKinds = ['system', 'security', 'audit'] as const
type AdminKind = (typeof adminKinds)[number]
export type RoleKind = 'business' | AdminKind | 'machine'
export interface Role {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly kind: RoleKind
  readonly needsSecondFactor: boolean
  readonly duties: readonly Duty[]
}

type EventAct = Duty extends infer D ? (D extends `event.${infer Act}` ? Act : never) : never
const acts = (...names: EventAct[]): Duty[] => names.map((n) => `event.${n}` as const)
const look: readonly Duty[] = ['event.read', 'place.read']
/** Whoever handles events: what is told in confidence where he has a part in it, and who told it. */
const handles: readonly Duty[] = ['event.read-sensitive', 'event.reveal-reporter']
/** Whoever is asked about an event from above: what it is, not who told it. */
const oversees: readonly Duty[] = ['event.read-sensitive']
/** What whoever goes from door to door does. */
const walks: readonly Duty[] = ['visit.write']
const orders: readonly Duty[] = ['visit.read', 'visit.plan', 'task.order']
const gridRegistry: readonly Duty[] = ['registry.read', 'registry.write', 'registry.see-masked', 'registry.reveal']
const keepRegistry: readonly Duty[] = [
  ...gridRegistry,
  'registry.correct',
  'registry.reveal-core',
  'registry.merge',
  'registry.tell',
  'registry.import',
  'registry.export',
  'registry.count',
]

const deskActs = acts(
  'verify',
  'ask-verify',
  'register',
  'place',
  'recode',
  'agree-recode',
  'refuse-recode',
  'refuse',
  'dispatch',
  'report-up',
  'transfer',
  'merge',
  'unlink',
  'split',
  'pass',
  'fail',
  'call-back',
  'reopen',
  'urge',
  'agree-cancel',
  'refuse-cancel',
  'remark',
)
const chiefActs = acts(
  'agree-return',
  'refuse-return',
  'rule',
  'agree-extension',
  'refuse-extension',
  'agree-suspension',
  'refuse-suspension',
  'bypass',
  'assign-down',
  'resume',
  'force-close',
  'withdraw-force-close',
)
const leaderActs = acts(
  'supervise',
  'lift-supervision',
  'note',
  'urge',
  'confirm-force-close',
  'withdraw-force-close',
  'agree-extension',
  'refuse-extension',
  'confirm-unreasonable',
  'refuse-unreasonable',
)
const workerActs = acts('verify', 'self-close', 'appeal', 'pass', 'fail', 'check-unable', 'reopen')
/** Whoever reports takes his own slip back, or asks the desk to. */
const reports: readonly Duty[] = ['event.report', ...acts('cancel', 'ask-cancel')]
const handlerActs = acts(
  'sign',
  'return',
  'ask-extension',
  'ask-suspension',
  'resume',
  'ask-co-handling',
  'finish-co-handling',
  'decline-co-handling',
  'finish',
)

/** Whoever may see values of the core tier in full, or take many people out at once, proves himself twice. */
const sensitive: ReadonlySet<Duty> = new Set([
  'registry.reveal-core',
  'registry.export',
  'registry.approve',
  'registry.trace',
  'overlay.keep',
])

const office = (code: string, name: string, nameEn: string, duties: readonly Duty[]): Role => ({
  code,
  name,
  nameEn,
  kind: 'business',
  needsSecondFactor: duties.some((d) => sensitive.has(d)),
  duties: [...new Set<Duty>(['place.read', ...duties])],
})
/** A post that works with events. */
const business = (code: string, name: string, nameEn: string, duties: readonly Duty[]): Role =>
  office(code, name, nameEn, [...look, ...duties])
const admin = (kind: AdminKind, name: string, nameEn: string, duties: readonly Duty[]): Role => ({
  code: `${kind}-admin`,
  name,
  nameEn,
  kind,
  needsSecondFactor: true,
  duties: ['place.read', ...duties],
})

export const roles: readonly Role[] = [
  business('grid-worker', '专职网格员', 'Grid worker', [
    ...handles,
    ...reports,
    ...workerActs,
    ...gridRegistry,
    ...walks,
  ]),
  business('part-time-worker', '兼职网格员', 'Part-time grid worker', [
    ...handles,
    ...reports,
    ...workerActs,
    ...gridRegistry,
    ...walks,
  ]),
  business('grid-leader', '网格长', 'Grid leader', [
    ...reports,
    'registry.read',
    'registry.see-masked',
    'registry.reveal',
    'registry.count',
    'visit.read',
    ...acts('note', 'urge', 'assign-down'),
  ]),
  business('deputy-leader', '副网格长', 'Deputy grid leader', [...reports, ...acts('remark')]),
  // Document 000: 451 police officers, judges, prosecutors and lawyers go into the grids.
  business('legal-officer', '进网格政法人员', 'Legal officer in the grid', [...reports, ...acts('remark')]),
  // Document 001: 下沉力量, from departments other than the legal ones.
  business('sunk-officer', '部门下沉人员', 'Officer of a department in the grid', [...reports, ...acts('remark')]),
  business('liaison', '微网格联络员', 'Liaison', [...reports, 'registry.read', 'registry.write', ...walks]),
  business('village-officer', '村（社区）值班员', 'Duty officer of the community', [
    ...handles,
    ...reports,
    'sensor.read',
    'event.find-calls',
    'event.export',
    ...keepRegistry,
    ...orders,
    'visit.write',
    'sync.watch',
    'meeting.hold',
    ...deskActs,
    ...chiefActs,
  ]),
  business('dispatcher', '网格中心值班员', 'Duty officer of the centre', [
    ...handles,
    ...reports,
    'sensor.read',
    'event.find-calls',
    'event.export',
    'registry.count',
    'registry.trace',
    ...orders,
    'meeting.hold',
    ...deskActs,
  ]),
  business('duty-chief', '网格中心值班负责人', 'Head of duty of the centre', [
    ...handles,
    ...reports,
    'sensor.read',
    'event.find-calls',
    'event.export',
    'event.approve-export',
    'registry.count',
    'registry.approve',
    'registry.trace',
    ...orders,
    'sync.watch',
    'meeting.hold',
    ...deskActs,
    ...chiefActs,
    ...acts('supervise', 'note'),
  ]),
  business('supervisor', '督办员', 'Supervisor', [
    ...oversees,
    'event.export',
    ...acts('supervise', 'lift-supervision', 'urge'),
  ]),
  business('leader', '分管领导', 'Leader in charge', [
    ...oversees,
    ...reports,
    'sensor.read',
    'event.export',
    'event.approve-export',
    'registry.count',
    'registry.approve',
    ...orders,
    ...leaderActs,
  ]),
  business('handler', '部门经办人', 'Officer of a department', [
    ...handles,
    ...reports,
    'sensor.read',
    'event.export',
    ...handlerActs,
  ]),
  business('department-head', '部门负责人', 'Head of department', [
    ...handles,
    ...reports,
    'sensor.read',
    'event.export',
    ...handlerActs,
  ]),
  business('inspector', '巡查员', 'Inspector', [...reports]),
  business('hotline-operator', '热线受理员', 'Hotline operator', [
    ...handles,
    'event.report',
    'event.find-calls',
    'hotline.submit',
    'hotline.import',
  ]),
  office('net-editor', '网格管理员', 'Net editor', ['net.edit', 'net.import', 'sensor.manage', 'sensor.read']),
  office('rules-editor', '业务管理员', 'Rules editor', [
    'catalogue.edit',
    'calendar.edit',
    'field.edit',
    'matter.edit',
    'visit.rules',
    'visit.plan',
    'library.edit',
  ]),
  business('registrar', '信息管理员', 'Registrar', keepRegistry),
  office('overlay-keeper', '特殊人群管理员', 'Keeper of the overlay', [
    'registry.read',
    'registry.see-masked',
    'overlay.keep',
    'visit.write',
    'visit.read',
  ]),
  admin('system', '系统管理员', 'System administrator', [
    'account.manage',
    'department.manage',
    'job.read',
    'badge.issue',
  ]),
  admin('security', '安全管理员', 'Security administrator', ['posting.manage', 'account.unlock']),
  admin('audit', '审计管理员', 'Audit administrator', ['audit.read']),
  {
    code: 'hotline-machine',
    name: '12345 接口',
    nameEn: '12345 interface',
    kind: 'machine',
    needsSecondFactor: false,
    duties: ['hotline.submit'],
  },
]

/** Whether a kind of role is one of the three administrators'; their sessions are shorter and their passwords age. */
export function isAdminKind(kind: string): boolean {
  return (adminKinds as readonly string[]).includes(kind)
}
