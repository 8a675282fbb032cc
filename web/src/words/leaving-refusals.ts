/** Sentences for refusals of leaving, arriving, closing and being deleted. */
export const leavingSentences = {
  'leaving.headed': [
    '他走后这户另有了户主，请选择由谁任户主再撤回。',
    'His household has another head by now; say who heads it.',
  ],
  'person.left': ['此人已注销，请看注销记录。', 'This person has left the register; see when and how.'],
  'arrival.there': ['已请迁入地核实，尚在办理。', 'The grid there is looking already.'],
  'arrival.own': ['这处就在本网格，请直接登记入住。', 'That is in this grid: link him with the house there.'],
  'arrival.quota': ['今天提请核实的人数已满，请明天再办。', 'Enough for today; go on tomorrow.'],
  'arrival.answered': ['这件迁入核实已有结果，或已不在办理。', 'This arrival was answered or ended by now.'],
  'arrival.reason': ['不再查找的，请写明理由。', 'Say why nobody looks any longer.'],
  'closing.kind': ['这类登记不能这样注销，请另选一种。', 'This kind of record does not go that way; choose another.'],
  'closing.lived-in': [
    '里面还有人住，请先办理住户搬离，再注销房屋或楼栋。',
    'Somebody lives there: let the people move out first.',
  ],
  'closing.place-ended': [
    '原网格已撤并，无法恢复到原处，请重新登记。',
    'Its grid is there no more: register it anew where it lies now.',
  ],
  'record.closed': ['这条登记已注销。', 'This record was closed already.'],
  'record.not-closed': ['这次注销已撤回，或没有注销过。', 'It was not closed, or is there again already.'],
  'record.parent-gone': [
    '它所在的小区、楼栋或房屋已注销，请先恢复那一条。',
    'What it stands in is closed; bring that back first.',
  ],
  'leaving.before-came': ['搬走的日期早于登记的入住日期，请核对。', 'The day is before he moved in; please check it.'],
  'leaving.death-day': [
    '去世日期不能早于出生日期，也不能早于一百年前，请核对。',
    'Nobody died before he was born, nor a hundred years ago.',
  ],
  'leaving.day': [
    '日期不对：搬走最多提前 90 天登记，其他情形不能晚于今天，回来不能早于离开。',
    'The day is not right: a move is said at most 90 days ahead, nothing else after today, and nobody comes back before he left.',
  ],
  'leaving.closed': ['这次注销已撤回、已返回或已删除。', 'This leaving was taken back, ended by a return, or deleted.'],
  'leaving.desk': [
    '登记错误由社区（村）核实办理，请上报社区。',
    'That somebody never was is the community desk’s to check and do.',
  ],
  'leaving.quota': [
    '今日注销或结束关联已达上限，请明日再办，或由社区（村）办理。',
    'Today’s leavings and ended links are used up; go on tomorrow, or ask the community desk.',
  ],
  'leaving.two': [
    '经两人同意的删除，须一人提出、另一人审核才能撤回。',
    'What two agreed to delete is taken back by two: one asks, another agrees.',
  ],
  'leaving.term': ['已过自行撤回的期限，请所在社区办理。', 'The time to take it back is over; ask the community desk.'],
  'leaving.no-return': [
    '只有搬走的人可以登记回来；登记有误请撤回注销。',
    'Only who moved away comes back; take a slip back instead.',
  ],
  'erasure.waits': [
    '此人有待审核的删除申请，请先办结申请，再合并或拆分档案。',
    'A request to delete one of them waits: let it be decided first, then merge or part them.',
  ],
  'erasure.there': ['此人已有待审核的删除申请。', 'There is a request already that waits.'],
  'erasure.own': ['不能审核自己受理的删除申请。', 'You cannot decide a request that you took.'],
  'erasure.decided': ['该申请已处理。', 'This request was decided already.'],
  'erasure.reason': ['不同意时请写明理由（如法定职责须保存）。', 'Give the reason, such as a duty by law to keep it.'],
} as const
