/** What residents find first, and what they are told where a page has nothing else to say. */
import { html, page, type Html, type Language } from './frame.ts'
import { icons } from './icons.ts'
import { wordsOf } from './words.ts'

interface Door {
  readonly to: string
  readonly icon: Html
  readonly name: string
  readonly note: string
  readonly isFirst?: boolean
}

const doorOf = ({ to, icon, name, note, isFirst = false }: Door): Html =>
  html`<a class="door${isFirst ? ' first' : ''}" href="${to}"
    >${icon}<span><b>${name}</b><span class="soft">${note}</span></span
    >${icons.on}</a
  >`

export function homePage(language: Language): string {
  const w = wordsOf(language)
  const to = (path: string) => `${path}?lang=${language}`
  return page(
    language,
    w.home,
    html`<h1>${w.home}</h1>
      <p class="soft">${w.homeLead}</p>
      ${[
        doorOf({ to: to('/report'), icon: icons.camera, name: w.report, note: w.reportNote, isFirst: true }),
        doorOf({ to: to('/follow'), icon: icons.search, name: w.follow, note: w.followNote }),
        doorOf({ to: to('/grid'), icon: icons.map, name: w.findGrid, note: w.findGridNote }),
        doorOf({ to: to('/badge'), icon: icons.shield, name: w.checkBadge, note: w.checkBadgeNote }),
      ]}
      ${dangerLine(language)}
      <h2>${w.staff}</h2>
      <p><a href="/field/">${w.field}</a> · <a href="/console/">${w.console}</a></p>`,
    '/',
  )
}

export const dangerLine = (language: Language): Html =>
  html`<p class="danger">${icons.phone}<span>${wordsOf(language).emergency}</span></p>`

export function messagePage(language: Language, title: string, text: string): string {
  return page(
    language,
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>
      <p><a href="/?lang=${language}">${wordsOf(language).home}</a></p>`,
    '/',
  )
}
