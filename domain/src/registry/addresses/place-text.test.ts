import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PlaceIndex } from './place-text.ts'

const names = ['阳光花园', '阳光花园二期', '惠山大道', '新和村三组', '阳光100']
const index = new PlaceIndex<string>()
for (const name of names) index.add(name, { names: [name] })

test('where something is, as people say it in passing, is read by the names that are known', () => {
  const places: Readonly<Record<string, string>> = {
    阳光花园3幢楼下路灯不亮: '阳光花园 3',
    '阳光花园小区 三号楼 门口': '阳光花园 3',
    阳光花园二期12栋电梯坏了: '阳光花园二期 12',
    '阳光花园3-2-501漏水': '阳光花园 3',
    惠山大道18号对面: '惠山大道 18',
    惠山大道与文惠路路口: '惠山大道 ',
    新和村第三村民小组水沟堵了: '新和村三组 ',
    钱桥菜场门口: 'undefined undefined',
  }
  for (const [text, meant] of Object.entries(places)) {
    const said = index.said(text)
    assert.equal(`${said?.shown} ${said?.building}`, meant, text)
  }
})

test('a text finds the places whose name holds it, in their order, and those of one name as it is shown', () => {
  assert.deepEqual(index.holding('阳光'), ['阳光花园', '阳光花园二期', '阳光100'])
  assert.deepEqual(index.holding('花园二期'), ['阳光花园二期'])
  assert.deepEqual([index.holding('阳'), index.holding('没有')], [[], []])
  assert.deepEqual([index.named('惠山大道'), index.named('惠山路')], [['惠山大道'], []])
})
