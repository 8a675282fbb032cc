import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findAmong, findArticles, pageOf } from './find.ts'

test('a question in plain words finds its article, titles first', () => {
  const articles = [
    { title: '没有信号怎么上报', keywords: '离线 断网', body: '照常填写' },
    { title: '什么时候要拍照', keywords: '照片', body: '没有写明的不用拍' },
  ]
  assert.equal(findArticles(articles, '没有信号')[0]!.title, '没有信号怎么上报')
  assert.equal(findArticles(articles, '断网')[0]!.title, '没有信号怎么上报')
  assert.equal(findArticles(articles, '要不要拍照片')[0]!.title, '什么时候要拍照')
  assert.deepEqual(findArticles(articles, '养老金'), [])
})

test('what is searched is made plain once, however often it is asked', () => {
  let read = 0
  const article = {
    title: '电梯困人',
    keywords: '',
    get body() {
      read++
      return 'ＤＩＡＮ梯停了'
    },
  }
  const pages = [pageOf(article)]
  for (let i = 0; i < 3; i++) assert.equal(findAmong(pages, 'dian梯')[0]!.title, '电梯困人')
  assert.equal(read, 1)
})
