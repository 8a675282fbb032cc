/** Sentences for refusals of areas, grids and their borders. */
export const netSentences = {
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
  'net.ordered-before': [
    '这些网格已有预定的调整；请先撤回，或待其生效后再办。',
    'A change of these grids is ordered already; withdraw it first, or wait until it is done.',
  ],
  'net.giver-gone': [
    '预定人已不在岗或不再管理这些网格，调整未执行；现在负责的网格管理人员可重新预定。',
    'Who ordered it serves there no more, so it was not done; whoever edits these grids now may order it again.',
  ],
  'net.order-done': ['该调整已经执行或已撤回。', 'This change is done or withdrawn already.'],
  'net.left-behind': [
    '调整期间有新的事项登记到该网格，请刷新后重试。',
    'Something was registered in the grid meanwhile; reload and try again.',
  ],
  'border.outside-parent': ['边界超出上级范围。', 'The border leaves its parent.'],
  'area.unknown': ['没有这个部门网格，或不在您的管辖范围。', 'There is no such grid of a department in your area.'],
  'area.folded': ['该部门网格已并入，或已预定并入。', 'This grid is folded in already, or about to be.'],
  'area.grids': [
    '请选定并入哪些网格（或画好调整方案），生效日期须一致。',
    'Choose the grids it becomes, or the change of the net, for the same day.',
  ],
  'area.staff-unknown': ['所选人员须是部门在岗人员。', 'Name only people who serve in a department.'],
  'area.in-force': [
    '已经生效，不能撤回；如需改变，请调整网格。',
    'It is in force and cannot be withdrawn; change the net instead.',
  ],
  'border.holds-people': [
    '这些网格里已有登记的楼栋、人员或未结事项，导入不能直接改它们的边界。请在“网格”页选中网格，用“划入所选网格”或“拆分所选”预览去向后再生效。',
    'Buildings, people or open matters stand in these grids: an import does not change their borders. Choose the grid on the page of grids, move its border or split it, and look ahead before it takes effect.',
  ],
  'border.overlap': ['边界与其他网格重叠。', 'The border overlaps another grid.'],
  'border.invalid': ['边界图形无效。', 'The border is not a valid shape.'],
  'border.too-much': [
    '边界过于复杂，几秒内无法核算；请减少点数或分次办理。',
    'These borders cannot be reckoned in a few seconds; use fewer points or send them in parts.',
  ],
  'border.busy': [
    '边界核算正忙，请稍后再试。',
    'Too many borders are being reckoned at once; please try again shortly.',
  ],
  'border.not-cover': ['各部分须恰好覆盖原网格。', 'The parts must cover the grid exactly.'],
} as const
