/** A sentence for a person for every refusal that can be given, and for no other. */
import type { RefusalCode } from '@fengge/domain/kernel/refusal-codes'
import type { Language } from './terms.ts'

type Sentence = readonly [zh: string, en: string]
const sentences: Readonly<Record<RefusalCode, Sentence>> = {
  'matter.other-kind': [
    '该事项没有写明这种任务，不能下达。请换用对应的事项，或先申请准入。',
    'The matter states no work of this kind. Choose the matter that does, or have it admitted first.',
  ],
  'matter.other-object': [
    '该事项不涉及这类对象，不能下达。',
    'The matter is not about these people or places; it cannot be ordered.',
  ],
  'matter.more-minutes': [
    '超过该事项写明的每次分钟数，不能下达。',
    'More minutes than the matter grants; it cannot be ordered.',
  ],
  'matter.evidence-why': ['要求留证的事项须写明必要性。', 'Evidence needs its reason.'],
  'matter.no-end': ['临时事项须有截止日期。', 'A temporary matter needs an end.'],
  'matter.too-long': ['临时事项最长 90 天。', 'A temporary matter lasts 90 days at most.'],
  'matter.dates': ['起止日期不正确。', 'The dates are not in order.'],
  'matter.forbidden': [
    '执法、处罚、收费、强制类事项不得交给网格员。',
    'Enforcing, fining and charging may not be given to grid workers.',
  ],
  'matter.overlap': ['同一编码在这段时间已有事项。', 'This code is in force then already.'],
  'matter.stale': ['事项刚被他人修改，请刷新。', 'Somebody changed this matter; reload.'],
  'matter.set-unknown': ['没有这套清单。', 'No such list.'],
  'matter.unknown': ['事项不在清单内，不能下达。', 'Not on the list of matters; it cannot be ordered.'],
  'matter.not-in-force': ['该事项当前不在有效期内，不能下达。', 'This matter is not in force; it cannot be ordered.'],
  'form.field-known': [
    '这一项登记里已有，再问须写明理由。',
    'The registry knows this already; say why it is asked again.',
  ],
  'form.field-twice': ['字段重复。', 'A field stands twice.'],
  'form.choices': ['选择项至少两个。', 'A choice needs two answers at least.'],
  'form.counts': ['不得设置发现数量类字段。', 'A form may not count what is found.'],
  'form.scores': ['不得设置评分、人脸、指纹类字段。', 'A form may not score people or take faces or fingerprints.'],
  'form.stale': ['表单刚被他人修改，请刷新。', 'Somebody changed this form; reload.'],
  'form.unknown': ['没有这张表单。', 'No such form.'],
  'rule.stale': ['规则刚被他人修改，请刷新。', 'Somebody changed this rule; reload.'],
  'rule.form-subject': ['表单与走访对象不符。', 'The form does not fit whom it is for.'],
  'task.date': ['期限不能早于今天。', 'The day may not be past.'],
  'task.unknown': ['没有找到任务，或已调整给他人。', 'No such task, or it is others’ now.'],
  'task.closed': ['任务已完成或撤销。', 'The task is closed.'],
  'visit.answers': ['有必填项未填或填写有误。', 'An answer is missing or not right.'],
  'visit.subject': ['走访对象不在您的工作范围内。', 'Outside your area.'],
  'visit.hazard-twice': ['该隐患已登记。', 'This hazard is registered already.'],
  'campaign.dates': ['起止日期不正确。', 'The dates are not in order.'],
  'campaign.unknown': ['没有找到专项行动。', 'No such campaign.'],
  'service.unknown': ['没有找到代办事项。', 'No such service.'],
  'service.order': ['代办步骤顺序不对。', 'That step does not follow.'],
  'safety.running': ['您已有一次正在进行的报平安。', 'A share is running already.'],
  'safety.unknown': ['报平安已结束。', 'The share has ended.'],
  'article.stale': ['条目刚被他人修改，请刷新。', 'Somebody changed this article; reload.'],
  'article.dates': ['起止日期不正确。', 'The dates are not in order.'],
  'week.confirmed': ['这一周的周志已确认。', 'This week is confirmed already.'],
  'week.future': ['不能填写未来的周志。', 'Not for a week to come.'],
  'meeting.unknown': ['没有找到会议。', 'No such meeting.'],
  'meeting.closed': ['会议已结束。', 'The meeting is closed.'],
  'meeting.stale': ['会议记录刚被他人修改，请刷新。', 'Somebody changed this meeting; reload.'],
  'device.taken': ['该手机编号已登记。', 'This phone is enrolled already.'],
  'device.unknown': ['没有找到这部手机。', 'No such phone.'],
  'device.full': [
    '这部手机交回的内容已达上限，请联系村（社区）处理。',
    'This phone has handed in all that is taken of one; ask the desk.',
  ],
  'device.wiped': ['这部手机已被清除。', 'This phone was wiped.'],
  'sync.too-much': ['您名下的数据超过手机可存上限，请联系中心。', 'More than a phone may hold; ask the centre.'],
  'inbox.full': [
    '您移交待处理的内容已很多，等村（社区）处理后会自动送出。',
    'Much of yours waits for the desk already; this goes by itself once some is decided.',
  ],
  'inbox.unknown': ['没有找到这条内容。', 'No such act.'],
  'inbox.decided': ['已处理过。', 'It was decided already.'],
  'inbox.reason': ['请写明理由。', 'Please give a reason.'],
  'inbox.cannot-apply': [
    '现在不能采用，请附为说明或写明理由不采用。',
    'It cannot be applied now; keep it as a note or drop it with a reason.',
  ],
  'badge.no-post': ['该人员当前没有网格岗位。', 'No post in a grid at present.'],
  'badge.unknown': ['没有找到工作证。', 'No such badge.'],
  'print.no-font': [
    '服务器没有中文字体，无法生成 PDF，请安装或在设置中指定。',
    'The server has no Chinese font; install one or name it in the settings.',
  ],
  'signed-out': ['请先登录。', 'Please sign in.'],
  'not-allowed': ['您当前的岗位没有这项权限。', 'Your post does not allow this.'],
  'not-found': ['没有找到，或不在您的管辖范围。', 'Not found, or outside your area.'],
  'ask.invalid': ['填写的内容有误，请检查标红的项目。', 'Something is filled in wrongly; please check.'],
  'too-many-requests': ['操作太频繁，请稍后再试。', 'Too many requests; please wait a little.'],
  'server.failed': ['系统出错，已记录，请稍后再试。', 'Something failed on our side and was logged.'],
  'server.draining': ['系统正在重启，请稍候。', 'The system is restarting.'],
  'request.answered': ['这项操作先前已完成。', 'This was done before.'],
  'request.foreign': [
    '请求来自其他网站，已拒绝。请在本系统页面内操作。',
    'This came from another site and was refused; use a page of this system.',
  ],
  'request.reused': [
    '同一请求编号内容不一致，请刷新后重试。',
    'This request id was used for something else; please reload.',
  ],
  'sign-in.wrong': ['账号、密码或动态口令不正确。', 'Login, password or code is wrong.'],
  'sign-in.wait': ['多次输错，请稍候再试；忘记密码请找系统管理员。', 'Several wrong tries; please wait a little.'],
  'sign-in.code-needed': ['请输入动态口令。', 'Please enter the one-time code.'],
  'session.no-phone': ['请先在本手机登录并设好手机口令。', 'Sign in on this phone and set its PIN first.'],
  'sign-in.closed': ['该账号已停用。', 'This account is closed.'],
  'password.must-change': ['请先修改初始密码。', 'Please change your first password.'],
  'password.length': ['密码至少 10 位。', 'At least ten characters.'],
  'password.simple': [
    '密码须含大写、小写、数字、符号中的三类。',
    'Use three of: capitals, small letters, digits, signs.',
  ],
  'password.has-login': ['密码不能包含账号。', 'The password may not contain the login.'],
  'password.common': ['密码过于常见或有连续字符。', 'Too common, or a plain run of characters.'],
  'password.same': ['新密码不能与旧密码相同。', 'The new password must differ.'],
  'second-factor.already': ['动态口令已启用。', 'Already switched on.'],
  'second-factor.not-prepared': ['请先生成密钥。', 'Make a secret first.'],
  'second-factor.none': ['该账号没有启用动态口令。', 'This account has no second factor.'],
  'second-factor.code': [
    '请输入安全管理员发放的启用码；没有或已过期，请向其领取。',
    'Enter the code that the security administrator gives for this; ask for one if you have none or it ran out.',
  ],
  'code.wrong': [
    '账号或验证码不正确，或验证码已过期。两段验证码请向系统管理员和安全管理员领取。',
    'Login or code is wrong, or the code ran out. The two halves come from the system and the security administrator.',
  ],
  'two-step.not-yours': ['此事由其他管理员办理。', 'Another administrator has to do this.'],
  'two-step.same-person': [
    '须由另一位管理员确认；申请人和本人都不能确认。',
    'Another administrator confirms this: neither who asked nor whom it is about.',
  ],
  'two-step.unknown': ['申请不存在、已处理或已过期。', 'No such request; it was decided or ran out.'],
  'demo.elsewhere': [
    '演示账号只能在本机登录。如需从其他设备登录，请设置 FENGGE_DEMO_ELSEWHERE=on；管理员演示账号除外。',
    'Demo accounts sign in on this machine only. FENGGE_DEMO_ELSEWHERE=on lets others in, except demo administrators.',
  ],
  'account.login-taken': ['该账号名已被使用。', 'This login is taken.'],
  'account.self': ['不能对自己的账号做此操作。', 'Not on your own account.'],
  'posting.role-unknown': ['角色不存在。', 'No such role.'],
  'posting.place-unknown': ['区域不存在或不在本县。', 'No such place in this county.'],
  'posting.mixed-kinds': [
    '系统、安全、审计三员及业务岗位不得由同一人兼任。',
    'One person may not hold two kinds of post at once.',
  ],
  'posting.dates': ['起止日期不正确。', 'The dates are not in order.'],
  'posting.self': ['不能给自己任职或免职。', 'Not for yourself.'],
  'posting.department-needed': [
    '部门岗位须选择部门，其他岗位不选。',
    'Department posts need a department, others none.',
  ],
  'posting.department-elsewhere': ['该部门不属于所选区域。', 'This department belongs to another place.'],
  'place.unknown': ['区域或网格不存在。', 'No such place.'],
  'estate.known': ['这个小区（道路）已经登记过了。', 'This estate or road is registered already.'],
  'estate.close': [
    '与已登记的小区名相近，请确认是否同一小区。',
    'The name is near a registered one; please say whether it is the same estate.',
  ],
  'import.no-header': ['文件里没有找到表头，请用模板填写。', 'No header row was found; please use the template.'],
  'export.unknown': ['没有该导出申请。', 'No such export was asked for.'],
  'export.own': ['不能审批自己的申请。', 'You cannot agree to your own request.'],
  'export.decided': ['该申请已处理。', 'This request was decided already.'],
  'export.not-agreed': ['该导出尚未批准。', 'This export was not agreed to.'],
  'export.expired': ['导出已过期，请重新申请。', 'This export has expired; please ask again.'],
  'record.unknown': ['没有找到这条登记，或不在您的工作范围内。', 'No such record, or it is outside your area.'],
  'record.stale': [
    '这条登记刚被他人修改，请核对后再保存。',
    'Somebody changed this record; please compare and save again.',
  ],
  'record.fields': ['有的项目填写有误，请按提示修改。', 'Some fields are not right; see the notes.'],
  'record.out-of-place': [
    '位置不在您的工作范围内，或上级不对。',
    'The place is outside your area, or the parent does not fit.',
  ],
  'field.off': ['该项目未启用，不得采集。', 'This field is switched off and may not be collected.'],
  'field.not-yours': ['您的岗位不能查看或修改这一项。', 'Your post may not see or change this field.'],
  'field.unknown': ['没有这个项目。', 'No such field.'],
  'field.no-basis': ['没有依据和目的的项目不能启用。', 'A field without basis and purpose cannot be switched on.'],
  'field.no-reason': ['启用敏感个人信息，请写明理由。', 'Give a reason for switching on a sensitive field.'],
  'field.needed': ['必需的项目不能停用。', 'This field is needed and cannot be switched off.'],
  'household.asked-recently': [
    '这一户九十天内已经问过，如确需再问请写明理由。',
    'This household was asked within ninety days; give a reason to ask again.',
  ],
  'link.there': ['已有相同的关联，或已提出相同的请求。', 'This link is there already, or was asked for.'],
  'link.quota': ['今日提出的核实请求已达上限，请明日再提。', 'Today’s requests are used up; ask again tomorrow.'],
  'link.own': ['不能审核自己提出的请求。', 'You cannot decide what you asked for yourself.'],
  'link.decided': ['该请求已处理。', 'This request was decided already.'],
  'link.reason': ['不同意时请写明理由。', 'Give a reason when you do not agree.'],
  'link.dates': [
    '日期不对：开始和结束都不能晚于今天，结束不能早于开始。',
    'The days are not right: neither may lie after today, nor the end before the beginning.',
  ],
  'record.not-yet': ['那一天还没有登记此条。', 'On that day it was not registered yet.'],
  'record.has-children': [
    '其下还有在册的房屋、单位或楼栋，请先处理它们，再撤回这条登记。',
    'Rooms, firms or buildings are still registered in it; deal with them first.',
  ],
  'change.not-undoable': ['之后又有修改，不能撤回。', 'It was changed again since and cannot be taken back.'],
  'reveal.quota': ['每日 20 次查看已用完，请明日再查。', 'Twenty looks a day are used up; please look again tomorrow.'],
  'search.quota': [
    '今日按证件号码、电话查找的次数已用完，请改用姓名或地址查找，或明日再查。',
    'Today’s searches by number or phone are used up; search by name or address, or try tomorrow.',
  ],
  'merge.two-numbers': [
    '两条登记的证件号码不同，请先核对。',
    'The two records have different identity numbers; please check first.',
  ],
  'level.fixed': ['这一层级是各地共有的，不能修改。', 'This level is the same everywhere and cannot be changed.'],
  'level.order': [
    '层级次序须在网格与微网格之间（或微网格之后），且不与其他层级相同。',
    'The order must lie between grid and micro-grid (or after micro-grid) and differ from other levels.',
  ],
  'place.parent-wrong': ['上级或类型不匹配。', 'Parent or kind does not fit.'],
  'place.name-taken': ['同一上级下已有同名区域。', 'The name is taken here.'],
  'place.codes-spent': ['该上级下的编码已用完或已占用。', 'No codes are left here.'],
  'place.stale': ['该网格刚被他人修改，请刷新。', 'Somebody changed this grid; please reload.'],
  'place.dates': ['生效日期与已有记录冲突。', 'The date clashes with what is there.'],
  'place.closed': ['该网格已停用。', 'The grid is closed.'],
  'net.unsettled': [
    '还有没有坐标、也随不了楼栋的事项，请先逐项或整批确定去向。',
    'Some things have no point and stand in no building; settle first where they go.',
  ],
  'net.staff-unchosen': ['还有人员岗位未选定去向。', 'Choose first where everybody serves on.'],
  'net.order-done': ['该调整已经执行或已撤回。', 'This change is done or withdrawn already.'],
  'net.left-behind': [
    '调整期间有新的事项登记到该网格，请刷新后重试。',
    'Something was registered in the grid meanwhile; reload and try again.',
  ],
  'border.outside-parent': ['边界超出上级范围。', 'The border leaves its parent.'],
  'border.overlap': ['边界与其他网格重叠。', 'The border overlaps another grid.'],
  'border.invalid': ['边界图形无效。', 'The border is not a valid shape.'],
  'border.not-cover': ['各部分须恰好覆盖原网格。', 'The parts must cover the grid exactly.'],
  'areas.rejected': ['文件有错误，未导入任何内容。', 'The file has faults; nothing was imported.'],
  'category.unknown': ['事项类别不存在或已停用。', 'No such category in force.'],
  'category.stop-notice': ['此类问题请先看提示。', 'Please read the notice first.'],
  'category.known': [
    '该代码已有事项（含已停用的），请换一个代码。',
    'This code is taken, perhaps by one that was stopped; choose another.',
  ],
  'category.in-past': ['生效日期不能早于今天。', 'The date may not lie in the past.'],
  'category.class-wrong': ['大类与代码不一致。', 'Class and code do not fit.'],
  'calendar.windows': ['上下班时间须先后有序。', 'Office hours must be in order.'],
  'calendar.other-year': ['日期不在所选年份。', 'A day lies in another year.'],
  'event.not-found': ['没有找到该事件，或不在您的管辖范围。', 'No such event in your area.'],
  'event.out-of-turn': ['事件状态已变化，现在不能这样操作。', 'Not possible in its present state.'],
  'event.stale': ['事件刚被他人处理，已为您刷新。', 'Somebody acted just now; it was reloaded.'],
  'event.own-work': ['不能核查、回访自己经办的事件。', 'Nobody checks his own work.'],
  'event.note-needed': ['请写明理由。', 'Please give a reason.'],
  'event.date-future': ['发生时间不能晚于现在。', 'The time lies in the future.'],
  'event.source-not-yours': ['您的岗位不能以此来源上报。', 'Your post does not report under this source.'],
  'event.too-late': ['已超过允许的期限。', 'The time allowed is over.'],
  'event.not-own-level': ['只有村（社区）级事件可以自行处置。', 'Only community-level events may be settled so.'],
  'event.sensitive': ['敏感事件不能自行处置。', 'Not for sensitive events.'],
  'event.not-urgent': ['只有特急或涉及 30 人以上的事件可以越级。', 'Only most urgent or large events may bypass.'],
  'department.unknown': ['部门不存在或已停用。', 'No such department.'],
  'department.same': ['已经是该部门。', 'It already has it.'],
  'department.other-level': ['只能派遣给本级部门。', 'Only departments of this level.'],
  'event.not-mergeable': ['不能并入该事件。', 'Cannot be merged into that event.'],
  'event.urged-lately': ['24 小时内已催办过，请稍后再催。', 'It was urged within the last day.'],
  'event.joined': ['该事件还有他人反映，不能整件撤回。', 'Others reported it too; it cannot be withdrawn as a whole.'],
  'event.asker-only': ['只能由申请人或上级撤销。', 'Only who asked for it, or who stands above, may withdraw it.'],
  'event.leader-only': ['须由相应层级的分管领导决定。', 'This is for the leader in charge at that level to decide.'],
  'event.leader-needed': ['红牌督办须写明包案领导。', 'A red card names the leader who sees to it.'],
  'event.citizen-waits': [
    '有群众等待答复，须派遣办理，不能自行处置结案。',
    'A citizen waits for an answer; it has to be dispatched, not settled on the spot.',
  ],
  'event.rated-before': ['您已评价过，谢谢。', 'You have rated it already, thank you.'],
  'event.open-children': ['还有子事件未结案。', 'Children are still open.'],
  'event.child-of-child': ['子事件不能再拆分。', 'A child cannot be split.'],
  'event.no-such-level': ['没有这一级。', 'No such level.'],
  'event.no-desk': ['该级没有中心。', 'There is no centre at that level.'],
  'event.ticket-taken': ['这个工单号已经登记过。', 'A call with this ticket number is there already.'],
  'event.returned-by-it': [
    '该部门刚退回过此件。再派给它，请在说明里写明理由。',
    'This department handed it back. To send it there again, say why in the note.',
  ],
  'event.basis-not-in-force': ['该退回理由现已不适用，请另选。', 'This ground no longer applies; choose another.'],
  'event.ruled': ['已裁定，不得退回。', 'It was ruled; no return.'],
  'event.returned-before': ['本部门已退回过一次。', 'Your department returned it before.'],
  'event.extended-twice': ['最多延期两次。', 'Two extensions at most.'],
  'event.overdue': ['已超期，不能再申请延期。', 'Overdue; no extension.'],
  'event.date-too-early': ['日期太早。', 'The date is too early.'],
  'event.date-too-late': ['日期超出允许范围。', 'The date is too late.'],
  'event.waited-twice': ['等待当事人最多两次。', 'Waiting for the citizen: twice at most.'],
  'event.co-handling-open': ['协办部门尚未完成。', 'Co-handling is not done.'],
  'event.answer-needed': ['请填写给群众的答复。', 'Please write the answer to the citizen.'],
  'event.evidence-needed': ['此类事件须附处置前后照片。', 'This kind needs photos.'],
  'event.score-needed': ['请登记是否解决和满意度。', 'Please record solved and score.'],
  'event.reopened-before': ['已重办过一次。', 'It was reopened once.'],
  'event.supervised': ['已有同级或更高的督办。', 'Already supervised at this grade.'],
  'event.hazard-stays': ['县级安全隐患不得强制结案。', 'County-level hazards are never forced closed.'],
  'event.second-person': ['须由另一人批准。', 'A second person must confirm.'],
  'evidence.unknown': ['附件不存在或不是您上传的。', 'No such evidence of yours.'],
  'look.quota': ['24 小时内的 20 次查看已用完，请稍后再查。', 'Twenty looks in a day are used up; please try later.'],
  'view.too-many': ['最多保存 50 个视图。', 'Fifty views at most.'],
  'file.type': ['不支持这种文件。', 'This type of file is not accepted.'],
  'file.broken': ['文件损坏或为空。', 'The file is broken or empty.'],
  'file.too-large': ['文件太大。', 'The file is too large.'],
  'report.quota': [
    '今天从这个网络提交的已达上限，请明天再试，或拨打 12345。',
    'As much as a day allows has come from this network; try tomorrow, or ring 12345.',
  ],
  'report.desk-full': [
    '该村（社区）待核实的网上反映较多，暂不能提交，请拨打 12345 或社区电话。',
    'Many reports wait there to be looked at; please ring 12345 or the community.',
  ],
  'file.quota': ['您今天上传的文件已达上限，请明天再传。', 'You have sent as much as a day allows; go on tomorrow.'],
  'file.photos-only': ['这里只能上传照片。', 'Only photos can be sent here.'],
  'upload.offset': ['上传中断后未能接上，请重新上传。', 'The upload could not be gone on with; please send it again.'],
  'upload.busy': ['文件正在上传，请稍候。', 'The file is being sent already; please wait.'],
  'evidence.damaged': [
    '该附件已损坏或被改动，系统拒绝显示，并已记录。请联系管理员。',
    'This file is not what was sent. It is not shown, and this is recorded; tell your administrator.',
  ],
  'file.formulas': ['表格含有公式，请粘贴为数值后再传。', 'The sheet has formulas; paste values instead.'],
  'file.columns': ['缺少必要的列。', 'Columns are missing.'],
  'file.mislabelled': ['文件内容与类型不符。', 'The content is not what the label says.'],
  'file.unsafe': ['文件含有宏或脚本，不能上传。', 'The file carries macros or scripts.'],
}

type Details = Readonly<Record<string, unknown>> | undefined

/** Half a minute in seconds, long waits in minutes: who waits wants to know how long. */
function waitOf(seconds: number): Sentence {
  if (seconds < 100) return [`${seconds} 秒`, seconds === 1 ? '1 second' : `${seconds} seconds`]
  const minutes = Math.ceil(seconds / 60)
  return [`${minutes} 分钟`, `${minutes} minutes`]
}

/** Where the answer says how long or how many, so does the sentence. */
function detailed(code: string, details: Details): Sentence | undefined {
  const seconds = details?.['retryAfter']
  if (typeof seconds !== 'number') return undefined
  const [zh, en] = waitOf(seconds)
  if (code === 'too-many-requests')
    return [`操作太频繁，请 ${zh}后再试。`, `Too many requests; please try again in ${en}.`]
  if (code !== 'sign-in.wait') return undefined
  return [
    `多次输错，请 ${zh}后再试；忘记密码请找系统管理员。`,
    `Several wrong tries; please try again in ${en}. The system administrator helps with a forgotten password.`,
  ]
}

/** The sentence for a refusal code, with what the answer tells in details. */
export function sentenceFor(code: string, language: Language, details?: Details): string {
  const pair = detailed(code, details) ?? (hasSentence(code) ? sentences[code] : sentences['server.failed'])
  return pair[language === 'zh' ? 0 : 1]
}
export const hasSentence = (code: string): code is RefusalCode => Object.hasOwn(sentences, code)
export const sentenceCodes = Object.keys(sentences)
