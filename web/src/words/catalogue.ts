/** Words of the catalogue: its fields, its orders of dispatch, what evidence it asks. */
type Table = Readonly<Record<string, readonly [string, string]>>

export const orderWords: Table = {
  'owner-first': ['先派主责部门', 'The lead department first'],
  'territory-first': ['先派属地', 'The place first'],
}
export const evidenceNeedWords: Table = {
  before: ['处置前照片', 'Photo before'],
  after: ['处置后照片', 'Photo after'],
  text: ['文字', 'Text'],
  place: ['位置', 'Place'],
}
export const categoryFieldWords: Table = {
  name: ['名称', 'Name'],
  nameEn: ['英文名称', 'English name'],
  className: ['大类', 'Class'],
  lead: ['主责部门', 'Lead department'],
  keywords: ['关键词', 'Keywords'],
  order: ['派遣次序', 'Order of dispatch'],
  level: ['默认层级', 'Level'],
  urgency: ['紧急程度', 'Urgency'],
  isSensitive: ['敏感', 'Sensitive'],
  isAboutStaff: ['涉及工作人员', 'About staff'],
  evidence: ['证据要求', 'Evidence needed'],
  stopNotice: ['提示', 'Stop notice'],
  stopNoticeEn: ['英文提示', 'Stop notice in English'],
  source: ['依据', 'Source'],
}
