/** Texts of the resident pages. */
import type { Language } from './page.ts'

const zh = {
  home: '社区网格服务', homeLead: '有事找网格。随手拍一拍，进度看得见。', report: '我要上报', follow: '查进度', findGrid: '找我的网格', staff: '工作人员入口', console: '工作台（电脑）', field: '网格员手机端',
  reportLead: '不用注册。写清楚在哪里、什么事，工作人员会到现场核实。', what: '什么事', whatHint: '例如：3 幢楼下路灯不亮', detail: '详细说明', detailHint: '不要写身份证号等与此事无关的个人信息', kind: '属于哪一类', kindHint: '拿不准可选“其他民生事项”',
  where: '在哪里', whereHint: '小区、楼幢、路口等', grid: '所在村（社区）', gridHint: '不清楚可以不选', photo: '照片', photoHint: '可不传；位置等隐藏信息会自动清除', name: '怎么称呼您', nameHint: '可不填', phone: '联系电话', phoneHint: '可不填；只有经办人说明用途后才能看到，每次查看都有记录', send: '提交',
  emergency: '正在发生的危险请先拨打 110、119 或 120。', noticeRead: '我已知晓，仍要上报', sent: '已收到', yourCode: '您的查询码', keepCode: '请记下或截图保存。凭此码可随时查看进度、评价结果。', number: '事件编号', followNow: '查看进度', codeLabel: '查询码', codeHint: '提交后给您的 10 位字母数字', look: '查询',
  unknownCode: '没有找到这个查询码，请核对后再试。', now: '现在', turn: '由谁办理', until: '应于何时前完成', history: '经过', answer: '答复', rate: '这件事办得怎么样？', solved: '问题解决了吗？', yes: '解决了', no: '没有解决', score: '满意程度', scores: ['很不满意', '不满意', '一般', '满意', '很满意'], more: '还想说什么', sendRate: '提交评价', thanks: '谢谢，您的评价已记录。', thanksReopen: '已退回重新办理，请留意进度。',
  linked: '此事与他人反映的是同一件，合并办理，办结后会一并答复。', paused: '暂停计时', address: '村、社区或网格名称', search: '查找', people: '这里的工作人员', nobody: '尚未公示', reportHere: '在这里上报', none: '没有找到', problem: '没有提交成功', back: '返回修改', chooseCounty: '请选择所在县（市、区）', rated: '您已评价', cancel: '撤回', urge: '催办', urged: '已催办', tooMany: '提交太频繁，请稍后再试。',
}
type Words = typeof zh
const en: Words = {
  home: 'Your community grid', homeLead: 'Report a problem and see what becomes of it.', report: 'Report a problem', follow: 'Follow a report', findGrid: 'Find my grid', staff: 'For staff', console: 'Console (computer)', field: 'Grid worker’s phone',
  reportLead: 'No account needed. Say where and what; somebody will come and look.', what: 'What is it', whatHint: 'For example: the street lamp at building 3 is out', detail: 'Details', detailHint: 'Leave out identity numbers and anything private that does not matter here', kind: 'Kind', kindHint: 'If unsure choose “Other livelihood matter”',
  where: 'Where', whereHint: 'Estate, building, crossing', grid: 'Village or community', gridHint: 'Leave open if you do not know', photo: 'Photo', photoHint: 'Optional; hidden data such as location is removed', name: 'Your name', nameHint: 'Optional', phone: 'Phone', phoneHint: 'Optional; only those handling it can see it, for a stated purpose, and each look is logged', send: 'Send',
  emergency: 'In danger call 110, 119 or 120 first.', noticeRead: 'I have read this and still want to report', sent: 'Received', yourCode: 'Your code', keepCode: 'Write it down or take a screenshot. With it you can follow the report and rate the result.', number: 'Event number', followNow: 'Follow it', codeLabel: 'Code', codeHint: 'The ten letters and digits you were given', look: 'Look up',
  unknownCode: 'No report has this code. Please check it and try again.', now: 'Now', turn: 'Whose turn', until: 'Due by', history: 'What happened', answer: 'Answer', rate: 'How was it handled?', solved: 'Is the problem solved?', yes: 'Solved', no: 'Not solved', score: 'How satisfied are you', scores: ['Very unsatisfied', 'Unsatisfied', 'Fair', 'Satisfied', 'Very satisfied'], more: 'Anything else', sendRate: 'Send', thanks: 'Thank you, your rating is recorded.', thanksReopen: 'It has gone back to be handled again.',
  linked: 'Others reported the same; it is handled together and you will all be answered.', paused: 'Clock stopped', address: 'Name of village, community or grid', search: 'Search', people: 'Who works here', nobody: 'Not yet announced', reportHere: 'Report here', none: 'Nothing found', problem: 'Not sent', back: 'Back', chooseCounty: 'Choose your county', rated: 'You have rated this', cancel: 'Withdraw', urge: 'Urge', urged: 'Urged', tooMany: 'Too many reports from here. Please try again later.',
}
export const wordsOf = (language: Language): Words => (language === 'zh' ? zh : en)
