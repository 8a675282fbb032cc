/** Which grid somebody lives in, who works there, and how to reach them. */
import { colonOf, html, page, type Html, type Language } from './frame.ts'
import { icons } from './icons.ts'
import { wordsOf } from './words.ts'

export interface GridView {
  readonly id: string
  readonly name: string
  /** The estate or road by which it was found; empty where by its own name. */
  readonly estate: string
  readonly trail: string
  readonly people: readonly { name: string; role: string }[]
  /** Of its office; empty where none is kept. */
  readonly phone: string
  /** Its group, with the picture of the code as SVG. */
  readonly group: { readonly name: string; readonly text: string; readonly picture: string } | null
}

/** Where somebody is, as his browser says it, for this one answer; or what he typed. */
export interface GridAsk {
  readonly text: string
  readonly isNear: boolean
}

const groupOf = (language: Language, group: NonNullable<GridView['group']>): Html => {
  const w = wordsOf(language)
  return html`<p><strong>${group.name === '' ? w.group : group.name}</strong></p>
    <p class="soft">${w.groupHint}</p>
    <div class="square" role="img" aria-label="${w.groupCode}">${{ html: group.picture }}</div>
    <p class="soft long">${group.text}</p>`
}

function cardOf(language: Language, g: GridView): Html {
  const w = wordsOf(language)
  return html`<div class="card">
    <h2>${g.name}</h2>
    <p class="soft">${g.trail}</p>
    ${g.estate === '' ? '' : html`<p>${w.lies}${colonOf(language)}${g.estate}</p>`}
    ${g.people.length === 0 ? html`<p>${w.people}${colonOf(language)}${w.nobody}</p>` : html`<p class="soft">${w.people}</p>`}
    ${g.people.map(
      (p) =>
        html`<div class="person">
          <i aria-hidden="true">${p.name.slice(0, 1)}</i
          ><span><b>${p.name}</b> <span class="soft">${p.role}</span></span>
        </div>`,
    )}
    <div class="two">
      ${g.phone === '' ? '' : html`<a class="button" aria-label="${w.officePhone} ${g.phone}" href="tel:${g.phone}">${icons.phone}${g.phone}</a>`}
      <a class="button plain" href="/report?grid=${g.id}&lang=${language}">${icons.camera}${w.reportHere}</a>
    </div>
    ${g.group === null ? '' : groupOf(language, g.group)}
  </div>`
}

export function gridPage(language: Language, { text, isNear }: GridAsk, found: readonly GridView[]): string {
  const w = wordsOf(language)
  return page(
    language,
    w.findGrid,
    html`<h1>${w.findGrid}</h1>
      <form method="get" action="/grid">
        <input type="hidden" name="lang" value="${language}" /><label for="text">${w.address}</label
        ><input id="text" name="text" value="${text}" maxlength="40" required /><button>
          ${icons.search}${w.search}
        </button>
      </form>
      <form method="post" action="/grid/near?lang=${language}" id="near" hidden>
        <input type="hidden" name="lng" /><input type="hidden" name="lat" />
        <button type="button" class="plain">${w.usePlace}</button>
        <p class="soft">${w.placeOnce}</p>
        <p class="error" role="status" hidden>${w.noPlace}</p>
      </form>
      <script src="/grid.js" defer></script>
      ${(text !== '' || isNear) && found.length === 0 ? html`<p class="error" role="status">${w.none}</p>` : ''}${found.map((g) => cardOf(language, g))}`,
    '/grid',
  )
}
