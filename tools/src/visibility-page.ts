/** What may be seen of a record, as a page for officials: the very examples that the test of the rule walks. */
import { specOf } from '@fengge/domain/registry/fields'
import { exampleFields, sightExamples } from '@fengge/domain/registry/sight-examples'
import type { Sight, Where } from '@fengge/domain/registry/sight'

const sightWords: Record<Sight, string> = { plain: '可见', masked: '打码', hidden: '不可见' }
const whereWords: Record<Where, string> = { screen: '屏幕', phone: '手机', export: '导出', search: '搜索结果' }
const nameOf = (code: string) => specOf('person', code)!.name

export function visibilityText(): string {
  const rows = sightExamples.map((e) => {
    const looks = exampleFields.map((code) => sightWords[e.looks[code]])
    const reveals = e.reveals.length === 0 ? '无' : e.reveals.map(nameOf).join('、')
    return `| ${[e.who, e.where.map((w) => whereWords[w]).join('、'), ...looks, reveals, e.why].join(' | ')} |`
  })
  const heads = exampleFields.map((code) => `${nameOf(code)}（${specOf('person', code)!.tier}）`)
  return `# 登记信息可见规则

本页由 \`domain/src/registry/sight-examples.ts\` 生成；规则在 \`domain/src/registry/sight.ts\`，屏幕、手机、导出与搜索用的是同一条，测试逐行核对本表。G 为一般，I 为重要，C 为核心。证件号码的打码只写“已登记”，不露任何一位：出生日期旁边只要露出几位，就能由校验位推出全部。县级停用的字段在任何地方都不可见。能否看到某条登记，先看任职区域；本页只说看到之后各字段是什么样。

| 谁 | 在哪里 | ${heads.join(' | ')} | 可逐项查看（须说明用途，留痕，限次） | 为什么 |
|---|---|${exampleFields.map(() => '---|').join('')}---|---|
${rows.join('\n')}
`
}
