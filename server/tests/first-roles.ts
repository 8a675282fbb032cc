/** The roles as the first release gave them, before any migration granted more: what an installation of then holds. */
export const firstRoles: readonly (readonly [code: string, kind: string, duties: string])[] = [
  [
    'grid-worker',
    'business',
    'event.read place.read event.report event.verify event.self-close event.cancel event.appeal event.pass event.fail event.check-unable event.reopen',
  ],
  [
    'part-time-worker',
    'business',
    'event.read place.read event.report event.verify event.self-close event.cancel event.appeal event.pass event.fail event.check-unable event.reopen',
  ],
  ['grid-leader', 'business', 'event.read place.read event.report event.note event.urge event.assign-down'],
  ['deputy-leader', 'business', 'event.read place.read event.report event.note'],
  ['liaison', 'business', 'event.read place.read event.report event.cancel'],
  [
    'village-officer',
    'business',
    'event.read place.read event.report event.export event.ask-verify event.register event.recode event.refuse event.dispatch event.report-up event.transfer event.merge event.unlink event.split event.pass event.fail event.call-back event.reopen event.urge event.agree-return event.refuse-return event.rule event.agree-extension event.refuse-extension event.agree-suspension event.refuse-suspension event.bypass event.assign-down event.resume event.force-close event.withdraw-force-close',
  ],
  [
    'dispatcher',
    'business',
    'event.read place.read event.report event.export event.ask-verify event.register event.recode event.refuse event.dispatch event.report-up event.transfer event.merge event.unlink event.split event.pass event.fail event.call-back event.reopen event.urge',
  ],
  [
    'duty-chief',
    'business',
    'event.read place.read event.report event.export event.ask-verify event.register event.recode event.refuse event.dispatch event.report-up event.transfer event.merge event.unlink event.split event.pass event.fail event.call-back event.reopen event.urge event.agree-return event.refuse-return event.rule event.agree-extension event.refuse-extension event.agree-suspension event.refuse-suspension event.bypass event.assign-down event.resume event.force-close event.withdraw-force-close event.supervise event.note',
  ],
  ['supervisor', 'business', 'event.read place.read event.export event.supervise event.lift-supervision event.urge'],
  [
    'leader',
    'business',
    'event.read place.read event.report event.export event.supervise event.lift-supervision event.note event.urge event.confirm-force-close event.confirm-unreasonable event.refuse-unreasonable',
  ],
  [
    'handler',
    'business',
    'event.read place.read event.report event.sign event.return event.ask-extension event.ask-suspension event.resume event.ask-co-handling event.finish-co-handling event.finish',
  ],
  [
    'department-head',
    'business',
    'event.read place.read event.report event.export event.sign event.return event.ask-extension event.ask-suspension event.resume event.ask-co-handling event.finish-co-handling event.finish',
  ],
  ['inspector', 'business', 'event.read place.read event.report'],
  ['hotline-operator', 'business', 'event.read place.read event.report hotline.submit hotline.import'],
  ['net-editor', 'business', 'event.read place.read net.edit net.import event.export'],
  ['rules-editor', 'business', 'event.read place.read catalogue.edit calendar.edit'],
  ['system-admin', 'system', 'place.read account.manage department.manage job.read'],
  ['security-admin', 'security', 'place.read posting.manage account.unlock'],
  ['audit-admin', 'audit', 'place.read audit.read'],
  ['hotline-machine', 'machine', 'hotline.submit'],
]
