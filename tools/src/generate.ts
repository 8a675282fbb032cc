/** Writes what is drawn from code and schema: the API, the workflow, the rights, the types of tables. `npm run api`. */
import { dutiesOf } from '@fengge/domain/kernel/duty'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { contract } from '@fengge/domain/contract'
import { actions } from '@fengge/domain/events/acts'
import { dutyOf, moves, type Relation } from '@fengge/domain/events/moves'
import { statuses } from '@fengge/domain/events/terms'
import { roles } from '@fengge/domain/identity/roles'
import { openApiOf } from '@fengge/server/kernel/api/open-api'
import { actionWords, statusWords } from '@fengge/web/words/terms.ts'
import { refusalCodesPath, refusalCodesText, refusalStatusesPath, refusalStatusesText } from './refusals.ts'
import { freshTablesText, tablesPath } from './tables.ts'
import { deadlinesText } from './deadlines-page.ts'
import { requirementsText } from './requirements/page.ts'
import { visibilityText } from './visibility-page.ts'
import { planningText } from './planning-page.ts'

const root = join(import.meta.dirname, '../..')
const relations: Record<Relation, string> = {
  desk: '本级中心',
  worker: '本网格网格员',
  handler: '承办部门',
  'co-handler': '协办部门',
  checker: '核查人',
  over: '上级或领导',
  above: '本级中心或其上级',
  reporter: '上报人',
  author: '上报人本人',
  resident: '诉求人',
  system: '系统',
}

const openApiText = () => `${JSON.stringify(openApiOf(contract), null, 1)}\n`

/** The loop as a page for officials: the diagram and the table, both from the table the server obeys. */
function workflowText(): string {
  const edges = new Map<string, string[]>()
  for (const action of actions) {
    const move = moves[action]
    if (move.to === 'same') continue
    if (action === 'confirm-force-close') continue
    for (const from of move.from)
      for (const to of move.to)
        if (from !== to) edges.set(`${from}>${to}`, [...(edges.get(`${from}>${to}`) ?? []), actionWords[action]![0]])
  }
  const name = (s: string) => s.replaceAll('-', '_')
  const lines = [...edges].map(([edge, words]) => {
    const [from = '', to = ''] = edge.split('>')
    return `  ${name(from)} --> ${name(to)}: ${words.join(' / ')}`
  })
  const states = statuses.map((s) => `  ${name(s)}: ${statusWords[s]![0]}`)
  const rows = actions.map(
    (a) =>
      `| ${actionWords[a]![0]} | \`${a}\` | ${moves[a].from.length > 10 ? '任一未结状态' : moves[a].from.map((s) => statusWords[s]![0]).join('、')} | ${moves[a].to === 'same' ? '不变' : moves[a].to.map((s) => statusWords[s]![0]).join('、')} | ${moves[a].by.map((r) => relations[r]).join('、')} |`,
  )
  return `# 事件流转规则\n\n本页由 \`domain/src/events/moves.ts\` 生成，服务器、界面与本页用的是同一张表。时限从派遣起算；办理人不得核查自己的事件；每一步都有记录。\n\n\`\`\`mermaid\nstateDiagram-v2\n${states.join('\n')}\n${lines.join('\n')}\n\`\`\`\n\n强制结案须两人：一人申请，另一人批准，县级安全隐患除外。\n\n镇（街道）到时未答复的申请（一般 24 小时，责任裁定一个工作日），同时转入县级中心的待审批清单并提醒；镇（街道）仍可答复。\n\n| 动作 | 代码 | 从 | 到 | 由谁 |\n|---|---|---|---|---|\n${rows.join('\n')}\n`
}

function rightsText(): string {
  const duties = [...new Set([...contract.flatMap((p) => dutiesOf(p.duty)), ...actions.map(dutyOf)])].toSorted()
  const rows = duties.map(
    (d) =>
      `| \`${d}\` | ${roles
        .filter((r) => r.duties.includes(d))
        .map((r) => r.name)
        .join('、')} |`,
  )
  return `# 权责与角色\n\n本页由 \`domain/src/identity/roles.ts\` 和接口合同生成。权利来自一项任职及其区域，不同任职的权利不相加。\n\n| 权责 | 缺省授予的角色 |\n|---|---|\n${rows.join('\n')}\n`
}

/** What is drawn from the code alone. */
export const documents: readonly (readonly [path: string, write: () => string])[] = [
  [refusalCodesPath, refusalCodesText],
  [refusalStatusesPath, refusalStatusesText],
  ['docs/api/openapi.json', openApiText],
  ['docs/rules/event-workflow.md', workflowText],
  ['docs/rights.md', rightsText],
  ['docs/rules/deadlines.md', deadlinesText],
  ['docs/rules/registry-visibility.md', visibilityText],
  ['docs/rules/visit-planning.md', planningText],
  ['docs/requirements.md', requirementsText],
]

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

if (process.argv[1] === import.meta.filename) {
  const statuses = refusalStatusesText()
  const isNew = statuses !== readFileSync(join(root, refusalStatusesPath), 'utf8')
  write(refusalStatusesPath, statuses)
  // The description of the API has read the old ones: it is drawn by a process that reads the new.
  if (isNew) process.exit(spawnSync(process.execPath, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1)
  for (const [path, text] of documents) write(path, text())
  write(tablesPath, await freshTablesText())
}
