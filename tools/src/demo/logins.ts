/** The people one can sign in as, and what each is. The password is public: it opens invented data only. */
export const demoPassword = 'Demo-grid-2026'
export const demoLogins = [
  ['worker', '专职网格员', 'Grid worker', '/field/'],
  ['liaison', '微网格联络员（70 岁）', 'Liaison, 70', '/field/'],
  ['village', '村（社区）值班员', 'Duty officer of the community', '/console/'],
  ['committee', '村（社区）经办人', 'Community handler', '/console/'],
  ['gridleader', '网格长（社区党组织书记）', 'Grid leader (party secretary)', '/console/'],
  ['deputy', '副网格长（社区民警）', 'Deputy grid leader (community police)', '/console/'],
  ['town', '镇（街道）网格中心值班员', 'Duty officer of the town', '/console/'],
  ['townchief', '镇（街道）网格中心值班负责人', 'Head of duty of the town', '/console/'],
  ['office', '镇综合行政执法队经办人', 'Town department handler', '/console/'],
  ['station', '派出所经办人（协办）', 'Police station (co-handling)', '/console/'],
  ['county', '区综治中心值班员', 'Duty officer of the county', '/console/'],
  ['countychief', '区综治中心值班负责人', 'Head of duty of the county', '/console/'],
  ['bureau', '城市管理局经办人', 'County bureau handler', '/console/'],
  ['leader', '分管领导', 'Leader in charge', '/console/'],
  ['supervisor', '督办员', 'Supervisor', '/console/'],
  ['hotline', '热线受理员', 'Hotline operator', '/console/'],
  ['keeper', '特殊人群管理员', 'Keeper of people in care', '/console/'],
  ['net', '网格管理员', 'Net editor', '/console/'],
  ['rules', '业务管理员', 'Rules editor', '/console/'],
  ['sysadmin', '系统管理员', 'System administrator', '/console/'],
  ['secadmin', '安全管理员', 'Security administrator', '/console/'],
  ['auditor', '审计管理员', 'Audit administrator', '/console/'],
] as const
export type DemoLogin = (typeof demoLogins)[number][0]
