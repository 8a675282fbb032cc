/** What is the matter, where, a photo, a phone: the form of whoever has no account, and the code he gets. */
import { html, page, type Html, type Language } from './frame.ts'
import { dangerLine } from './home-page.ts'
import { wordsOf } from './words.ts'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly group?: string
}

function options(choices: readonly Choice[], chosen: string): Html {
  const groups = Map.groupBy(choices, (c) => c.group ?? '')
  const line = (c: Choice) =>
    html`<option value="${c.value}" ${c.value === chosen ? { html: ' selected' } : ''}>${c.label}</option>`
  return html`${[...groups].map(([group, list]) => (group === '' ? list.map(line) : html`<optgroup label="${group}">${list.map(line)}</optgroup>`))}`
}

export interface ReportForm {
  readonly county: string
  readonly categories: readonly Choice[]
  readonly places: readonly Choice[]
  readonly values: Readonly<Record<string, string>>
  readonly error: string | null
  readonly notice: string | null
}

export function reportPage(language: Language, form: ReportForm): string {
  const w = wordsOf(language)
  const v = (name: string) => form.values[name] ?? ''
  const body = html`<h1>${w.report}</h1>
    <p class="soft">${w.reportLead}</p>
    ${dangerLine(language)}
    ${form.error ? html`<p class="error" role="alert"><strong>${w.problem}</strong><br />${form.error}</p>` : ''}
    <form method="post" action="/report?lang=${language}" enctype="multipart/form-data">
      <input type="hidden" name="county" value="${form.county}" /><input type="hidden" name="id" value="${v('id')}" />
      <label for="content">${w.what} <span class="hint">${w.detailHint}</span></label
      ><textarea id="content" name="content" required maxlength="800" placeholder="${w.whatHint}">
${v('content')}</textarea>
      ${form.notice ? stopNotice(language, form.notice) : ''}
      <label for="place">${w.where} <span class="hint">${w.whereHint}</span></label
      ><input id="place" name="place" required maxlength="200" value="${v('place')}" />
      ${v('grid') === '' ? '' : html`<label for="grid">${w.grid}</label>${gridPicker(form)}`}
      <label for="photo">${w.photo} <span class="hint">${w.photoHint}</span></label
      ><input id="photo" name="photo" type="file" accept="image/*" />
      <label for="phone">${w.phone} <span class="hint">${w.phoneHint}</span></label
      ><input id="phone" name="phone" type="tel" maxlength="16" autocomplete="tel" value="${v('phone')}" />
      <details ${v('category') === '' && v('name') === '' ? '' : { html: 'open' }}>
        <summary>${w.moreFields}</summary>
        ${
          v('grid') === ''
            ? html`<label for="grid">${w.grid} <span class="hint">${w.gridHint}</span></label
                >${gridPicker(form)}`
            : ''
        }
        <label for="category">${w.kind} <span class="hint">${w.kindHint}</span></label
        ><select id="category" name="category">
          <option value="">${w.kindOpen}</option>
          ${options(form.categories, v('category'))}
        </select>
        <label for="name">${w.name} <span class="hint">${w.nameHint}</span></label
        ><input id="name" name="name" maxlength="30" autocomplete="name" value="${v('name')}" />
      </details>
      <div class="trap" aria-hidden="true">
        <label for="site">Website</label><input id="site" name="site" tabindex="-1" autocomplete="off" />
      </div>
      <button>${w.send}</button>
    </form>`
  return page(language, w.report, body, '/report')
}

const gridPicker = (form: ReportForm): Html =>
  html`<select id="grid" name="grid">
    <option value="">—</option>
    ${options(form.places, form.values['grid'] ?? '')}
  </select>`

const stopNotice = (language: Language, notice: string): Html =>
  html`<div class="notice" role="alert">
    <p>${notice}</p>
    <label class="pick"><input type="checkbox" name="read" value="yes" /> ${wordsOf(language).noticeRead}</label>
  </div>`

export function sentPage(language: Language, no: string, code: string): string {
  const w = wordsOf(language)
  return page(
    language,
    w.sent,
    html`<h1>${w.sent}</h1>
      <div class="card">
        <p>${w.yourCode}</p>
        <p class="code" id="code">${code}</p>
        <p>${w.keepCode}</p>
        <p class="soft">${w.number} ${no}</p>
      </div>
      <form method="post" action="/follow?lang=${language}">
        <input type="hidden" name="code" value="${code}" /><button>${w.followNow}</button>
      </form>`,
    '/follow',
  )
}
