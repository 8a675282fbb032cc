/** The record of a drill, on one page of paper, in Chinese and English. It names no person. */
import type { Drilled } from './drill.ts'

/** The instant in China, to the minute. */
const when = (iso: string) =>
  new Date(iso).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long', timeStyle: 'short' })
const number = (n: number) => n.toLocaleString('zh-CN')
const seconds = (n: number) => `${n.toFixed(1)} 秒 s`

function linesOf(d: Drilled): [label: string, value: string, isWell: boolean][] {
  const sealed = d.journal.reduce((n, j) => n + j.sealed, 0)
  const faults = d.journal.reduce((n, j) => n + j.faults, 0)
  return [
    ['演练时间 drilled', when(d.drilledAt), true],
    ['所用备份 backup', `${d.backup}（${when(d.madeAt)}）`, true],
    ['恢复用时 restored in', seconds(d.restoreSeconds), true],
    ['全程用时 all in all', seconds(d.seconds), true],
    ['数据行数 rows', number(d.rows), true],
    ['与备份不一致的表 tables that differ', d.differing.join('、') || '0', d.differing.length === 0],
    ['文件数 files', number(d.files), true],
    ['缺失的文件 missing files', number(d.missingFiles), d.missingFiles === 0],
    ['内容不符的文件 changed files', number(d.changedFiles), d.changedFiles === 0],
    ['指向不存在事件的记录 orphaned rows', number(d.orphans), d.orphans === 0],
    ['审计日志（已封存） journal, sealed', number(sealed), true],
    ['审计日志的问题 faults of the journal', number(faults), faults === 0],
  ]
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

export function drillPage(d: Drilled): string {
  const rows = linesOf(d).map(
    ([label, value, isWell]) =>
      `<tr${isWell ? '' : ' class="bad"'}><th>${escape(label)}</th><td>${escape(value)}</td></tr>`,
  )
  const verdict = d.isWell
    ? '合格：备份可以恢复 well: it can be restored'
    : '不合格：请查看标红的行 not well: see the lines in red'
  return `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>恢复演练记录</title>
<style>
body { font: 16px/1.6 sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #666; padding: .4rem .7rem; text-align: left; font-weight: normal }
th { width: 22rem; background: #f4f4f4 }
.bad td { color: #b00020; font-weight: bold }
.sign { margin-top: 3rem }
</style>
<h1>恢复演练记录 Record of a drill</h1>
<p><strong>${verdict}</strong></p>
<table>
${rows.join('\n')}
</table>
<p class="sign">演练人：＿＿＿＿＿＿＿　　复核人：＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿＿</p>
</html>
`
}
