/** Who is at the door: yes with name and post where the code is of this minute, names of those who serve else, or a warning. */
import { html, page, type Html, type Language } from './frame.ts'
import { wordsOf, type Words } from './words.ts'

interface Served {
  readonly name: string
  readonly roleName: string
  readonly roleNameEn: string
}
export type BadgeView =
  /** `photo`: a JPEG in base64; empty where he has put none on his badge. */
  | (Served & { readonly placeName: string; readonly endsWith: string; readonly photo: string })
  | { readonly printed: { readonly placeName: string; readonly people: readonly Served[] } }
  | { readonly wrong: 'unknown' | 'ended' | 'late' }

interface Reader {
  readonly language: Language
  readonly b: Words['badge']
}
const roleOf = ({ language }: Reader, { roleName, roleNameEn }: Served) => (language === 'zh' ? roleName : roleNameEn)

export function badgePage(
  language: Language,
  asked: { readonly code: string; readonly grid: string; readonly answer: BadgeView | null },
): string {
  const { badge: b } = wordsOf(language)
  const { code, grid, answer } = asked
  const form = html`<form method="get" action="/badge">
    <input type="hidden" name="lang" value="${language}" /><label for="code"
      >${b.code} <span class="hint">${b.codeHint}</span></label
    ><input
      id="code"
      name="code"
      maxlength="20"
      autocapitalize="characters"
      autocomplete="off"
      value="${answer && 'wrong' in answer ? code : ''}"
    /><button>${b.check}</button>
  </form>`
  const query = new URLSearchParams({ ...(code === '' ? {} : { code }), ...(grid === '' ? {} : { grid }) }).toString()
  return page(
    language,
    b.title,
    html`<h1>${b.title}</h1>
      ${answer === null ? '' : verdictOn(answer, { language, b })}${form}`,
    `/badge${query === '' ? '' : `?${query}`}`,
  )
}

function verdictOn(answer: BadgeView, reader: Reader): Html {
  const { b } = reader
  if ('wrong' in answer) return warnOf(answer.wrong, b)
  if ('printed' in answer) return whoServes(answer.printed, reader)
  return html`<div class="card turn" role="status">
    <h2>${b.yes} ${answer.name}</h2>
    <p>${roleOf(reader, answer)} · ${answer.placeName}</p>
    ${answer.photo === '' ? '' : photoOf(answer.photo, b)}
    <p>${b.compare}</p>
    <p class="code">${answer.endsWith}</p>
    <p>${b.differ}</p>
  </div>`
}

const photoOf = (photo: string, b: Words['badge']): Html =>
  html`<p>${b.photoAsk}</p>
    <p><img alt="${b.photo}" src="data:image/jpeg;base64,${photo}" width="160" height="200" /></p>`

/** What a board or a printed number can say: who serves there. Never that whoever shows it is one of them. */
function whoServes({ placeName, people }: { placeName: string; people: readonly Served[] }, reader: Reader): Html {
  const { b } = reader
  return html`<div class="notice" role="alert">
      <p><strong>${b.printed}</strong></p>
      <p>${b.printedAsk}</p>
    </div>
    <div class="card">
      <h2>${placeName}</h2>
      ${
        people.length === 0
          ? html`<p>${b.nobody}</p>`
          : html`<p>${b.serving}</p>
              <ul>
                ${people.map((p) => html`<li>${p.name} · ${roleOf(reader, p)}</li>`)}
              </ul>`
      }
    </div>`
}

function warnOf(wrong: 'unknown' | 'ended' | 'late', b: Words['badge']): Html {
  if (wrong === 'late')
    return html`<div class="notice" role="alert">
      <p><strong>${b.late}</strong></p>
      <p>${b.lateAsk}</p>
    </div>`
  return html`<div class="error" role="alert">
    <p><strong>${b.careful}</strong></p>
    <p>${wrong === 'ended' ? b.ended : b.unknown}</p>
    <p>${b.refuse}</p>
  </div>`
}
