/**
 * Every duty there is: a named right that a role grants and an endpoint asks for. A ground word: roles
 * (identity/roles.ts) grant them, contracts ask for them, and a name that is not in this list does not type-check.
 * A county may change which role grants which; it cannot invent one, since nothing would ask for it.
 */
export const duties = [
  'account.manage',
  'account.unlock',
  'audit.read',
  'badge.issue',
  'calendar.edit',
  'catalogue.edit',
  'department.manage',
  'field.edit',
  'hotline.import',
  'hotline.submit',
  'job.read',
  'library.edit',
  'matter.edit',
  'meeting.hold',
  'net.edit',
  'net.import',
  'overlay.keep',
  'place.read',
  'posting.manage',
  'sensor.manage',
  'sensor.read',
  'sync.watch',
  'task.order',
  'visit.plan',
  'visit.read',
  'visit.rules',
  'visit.write',
  // The registry.
  'registry.approve',
  'registry.correct',
  'registry.count',
  'registry.export',
  'registry.import',
  'registry.merge',
  'registry.read',
  'registry.reveal',
  'registry.reveal-core',
  'registry.see-masked',
  'registry.tell',
  'registry.trace',
  'registry.write',
  // Events: to read, report and export them, and one duty an action.
  'event.agree-cancel',
  'event.agree-extension',
  'event.agree-return',
  'event.agree-suspension',
  'event.appeal',
  // Agrees to exports of others.
  'event.approve-export',
  'event.ask-cancel',
  'event.ask-co-handling',
  'event.ask-extension',
  'event.ask-suspension',
  'event.ask-verify',
  'event.assign-down',
  'event.bypass',
  'event.call-back',
  'event.cancel',
  'event.check-unable',
  'event.confirm-force-close',
  'event.confirm-unreasonable',
  'event.decline-co-handling',
  'event.dispatch',
  'event.export',
  'event.fail',
  // Asks what was told before from a number.
  'event.find-calls',
  'event.finish',
  'event.finish-co-handling',
  'event.force-close',
  'event.lift-supervision',
  'event.merge',
  'event.note',
  'event.pass',
  'event.place',
  'event.read',
  // What is told in confidence, in an event that one has a part in; and who told it.
  'event.read-sensitive',
  'event.reveal-reporter',
  'event.recode',
  'event.agree-recode',
  'event.refuse-recode',
  'event.refuse',
  'event.refuse-cancel',
  'event.refuse-extension',
  'event.refuse-return',
  'event.refuse-suspension',
  'event.refuse-unreasonable',
  'event.register',
  'event.reopen',
  'event.remark',
  'event.report',
  'event.report-up',
  'event.resume',
  'event.return',
  'event.rule',
  'event.self-close',
  'event.sign',
  'event.split',
  'event.supervise',
  'event.transfer',
  'event.unlink',
  'event.urge',
  'event.verify',
  'event.withdraw-force-close',
  // Actions of residents and of the clock: no role grants them.
  'event.archive',
  'event.count-as-signed',
  'event.rate',
  'event.resume-by-date',
  'event.withdraw',
] as const
export type Duty = (typeof duties)[number]

/** Who may call: the holder of a duty, of any of several, anybody with a session, anybody at all; a device with its key and nobody else. */
export type Admission = Duty | readonly Duty[] | 'signed-in' | 'public' | 'device'

const known: ReadonlySet<string> = new Set(duties)

/** Tells a duty from a word of a county's table that no code asks for. */
export function isDuty(word: string): word is Duty {
  return known.has(word)
}

/** The duties of which one is enough; none where no duty is asked for. @example dutiesOf('net.edit') // ['net.edit'] */
export function dutiesOf(admission: Admission): readonly Duty[] {
  if (admission === 'public' || admission === 'signed-in' || admission === 'device') return []
  return typeof admission === 'string' ? [admission] : admission
}

/** As documents show it. @example showAdmission(['visit.read', 'visit.write']) // 'visit.read|visit.write' */
export function showAdmission(admission: Admission): string {
  return typeof admission === 'string' ? admission : admission.join('|')
}
