/** Chinese words of a text, for search, suggestions and likeness: jieba cuts, single signs and fillers drop out. */
import { normal } from '@fengge/domain/kernel/text'
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { dayOf, startOf } from '@fengge/domain/kernel/time'

let cutter: Jieba | undefined
const cut = (text: string, forSearch: boolean) => {
  cutter ??= Jieba.withDict(dict)
  return forSearch ? cutter.cutForSearch(text, true) : cutter.cut(text, true)
}

const fillers: ReadonlySet<string> = new Set(
  '我们 你们 他们 自己 没有 现在 已经 因为 所以 可以 什么 怎么 一个 这个 那个 这些 那些 非常 希望 谢谢 领导 请问 尊敬 你好 您好 就是 还是 但是 而且 如果 不能 不是 进行 有关 相关 情况 问题 反映 部门 时候 这样 一直 出现 要求 解决 是否'.split(
    ' ',
  ),
)

/** Index words: every word of two signs and more, latin words and numbers; at most 400. */
export function indexWords(text: string): string[] {
  const words = new Set<string>()
  for (const raw of cut(normal(text.toLowerCase(), 'NFKC'), true)) {
    const word = raw.trim()
    if (word === '' || !/[\p{L}\p{N}]/u.test(word)) continue
    words.add(word.slice(0, 60))
    if (words.size >= 400) break
  }
  return [...words]
}

/** Words that carry meaning, in order, for learning and likeness. */
export function meaningWords(text: string): string[] {
  return cut(normal(text, 'NFKC'), false)
    .map((w) => w.trim())
    .filter((w) => w.length > 1 && /\p{Script=Han}/u.test(w) && !fillers.has(w))
}

/** What a person typed into the search box, as words that must all be there; each also as the start of a word. */
export function queryWords(text: string): string[] {
  return cut(normal(text.toLowerCase(), 'NFKC'), false)
    .map((w) => w.trim())
    .filter((w) => /[\p{L}\p{N}]/u.test(w))
    .slice(0, 8)
}

/** The month of a moment (Beijing time), as index words carry it. */
const monthOf = (at: number): string => dayOf(at).slice(0, 7)

/** Index words of a place that an event lies in (`t:` town, `v:` village): the place, and the place in that month. */
export const scopeWords = (word: string, at: number): string[] => [word, `${word}:${monthOf(at)}`]

/** The words of a place in the month of a moment and the month before. */
export const recentScope = (word: string, at: number): string[] => [
  `${word}:${monthOf(at)}`,
  `${word}:${monthOf(startOf(`${dayOf(at).slice(0, 8)}01`) - 1)}`,
]
