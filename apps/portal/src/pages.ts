/** The resident pages themselves: pure functions from data to HTML. */
import { html, page, type Html, type Language } from './page.ts'
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

export function homePage(language: Language): string {
  const w = wordsOf(language)
  return page(
    language,
    w.home,
    html`<h1>${w.home}</h1>
      <p>${w.homeLead}</p>
      <a class="button" href="/report?lang=${language}">${w.report}</a
      ><a class="button plain" href="/follow?lang=${language}">${w.follow}</a
      ><a class="button plain" href="/grid?lang=${language}">${w.findGrid}</a
      ><a class="button plain" href="/badge?lang=${language}">${w.checkBadge}</a>
      <h2>${w.staff}</h2>
      <p><a href="/field/">${w.field}</a></p>
      <p><a href="/console/">${w.console}</a></p>`,
    '/',
  )
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
    <p>${w.reportLead}</p>
    <p class="notice">${w.emergency}</p>
    ${form.error ? html`<p class="error" role="alert"><strong>${w.problem}</strong><br />${form.error}</p>` : ''}
    <form method="post" action="/report?lang=${language}" enctype="multipart/form-data">
      <input type="hidden" name="county" value="${form.county}" /><input type="hidden" name="id" value="${v('id')}" />
      <label for="title">${w.what} <span class="hint">${w.whatHint}</span></label
      ><input id="title" name="title" required maxlength="50" value="${v('title')}" />
      <label for="content">${w.detail} <span class="hint">${w.detailHint}</span></label
      ><textarea id="content" name="content" required maxlength="800">${v('content')}</textarea>
      <label for="category">${w.kind} <span class="hint">${w.kindHint}</span></label
      ><select id="category" name="category">
        ${options(form.categories, v('category') || '4012')}
      </select>
      ${
        form.notice
          ? html`<div class="notice" role="alert">
              <p>${form.notice}</p>
              <label class="pick"><input type="checkbox" name="read" value="yes" /> ${w.noticeRead}</label>
            </div>`
          : ''
      }
      <label for="place">${w.where} <span class="hint">${w.whereHint}</span></label
      ><input id="place" name="place" required maxlength="200" value="${v('place')}" />
      <label for="grid">${w.grid} <span class="hint">${w.gridHint}</span></label
      ><select id="grid" name="grid">
        <option value="">—</option>
        ${options(form.places, v('grid'))}
      </select>
      <label for="photo">${w.photo} <span class="hint">${w.photoHint}</span></label
      ><input id="photo" name="photo" type="file" accept="image/*" />
      <label for="name">${w.name} <span class="hint">${w.nameHint}</span></label
      ><input id="name" name="name" maxlength="30" autocomplete="name" value="${v('name')}" />
      <label for="phone">${w.phone} <span class="hint">${w.phoneHint}</span></label
      ><input id="phone" name="phone" type="tel" maxlength="16" autocomplete="tel" value="${v('phone')}" />
      <div class="trap" aria-hidden="true">
        <label for="site">Website</label><input id="site" name="site" tabindex="-1" autocomplete="off" />
      </div>
      <button>${w.send}</button>
    </form>`
  return page(language, w.report, body, '/report')
}

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

export const colonOf = (language: Language): string => (language === 'zh' ? '：' : ': ')

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
    <div style="width:180px" role="img" aria-label="${w.groupCode}">${{ html: group.picture }}</div>
    <p class="soft" style="overflow-wrap:anywhere">${group.text}</p>`
}

export function gridPage(language: Language, { text, isNear }: GridAsk, found: readonly GridView[]): string {
  const w = wordsOf(language)
  const cards = found.map(
    (g) =>
      html`<div class="card">
        <h2>${g.name}</h2>
        <p class="soft">${g.trail}</p>
        ${g.estate === '' ? '' : html`<p>${w.lies}${colonOf(language)}${g.estate}</p>`}
        <p><strong>${w.people}</strong></p>
        ${
          g.people.length === 0
            ? html`<p>${w.nobody}</p>`
            : html`<ul>
                ${g.people.map((p) => html`<li>${p.role}${colonOf(language)}${p.name}</li>`)}
              </ul>`
        }
        ${g.phone === '' ? '' : html`<p>${w.officePhone}${colonOf(language)}<a href="tel:${g.phone}">${g.phone}</a></p>`}
        ${g.group === null ? '' : groupOf(language, g.group)}
        <p><a href="/report?grid=${g.id}&lang=${language}">${w.reportHere}</a></p>
      </div>`,
  )
  return page(
    language,
    w.findGrid,
    html`<h1>${w.findGrid}</h1>
      <form method="get" action="/grid">
        <input type="hidden" name="lang" value="${language}" /><label for="text">${w.address}</label
        ><input id="text" name="text" value="${text}" maxlength="40" required /><button>${w.search}</button>
      </form>
      <form method="post" action="/grid/near?lang=${language}" id="near" hidden>
        <input type="hidden" name="lng" /><input type="hidden" name="lat" />
        <button type="button" class="plain">${w.usePlace}</button>
        <p class="soft">${w.placeOnce}</p>
        <p class="error" role="status" hidden>${w.noPlace}</p>
      </form>
      <script src="/grid.js" defer></script>
      ${(text !== '' || isNear) && found.length === 0 ? html`<p class="error" role="status">${w.none}</p>` : ''}${cards}`,
    '/grid',
  )
}

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
type Speak = (zh: string, en: string) => string

/** Who is at the door: yes with name and post where the code is of this minute, names of those who serve else, or a warning. */
export function badgePage(
  language: Language,
  asked: { readonly code: string; readonly grid: string; readonly answer: BadgeView | null },
): string {
  const t: Speak = (zh, en) => (language === 'zh' ? zh : en)
  const { code, grid, answer } = asked
  const title = t('核对上门人员', 'Check who is at the door')
  const form = html`<form method="get" action="/badge">
    <input type="hidden" name="lang" value="${language}" /><label for="code"
      >${t('对方手机上的核验码', 'The code on the phone of whoever is there')}
      <span class="hint"
        >${t('请他打开手机上的“我的工作证”，一分钟一换', 'He opens “My badge” on his phone; it changes every minute')}</span
      ></label
    ><input
      id="code"
      name="code"
      maxlength="20"
      autocapitalize="characters"
      autocomplete="off"
      value="${answer && 'wrong' in answer ? code : ''}"
    /><button>${t('核对', 'Check')}</button>
  </form>`
  const query = new URLSearchParams({ ...(code === '' ? {} : { code }), ...(grid === '' ? {} : { grid }) }).toString()
  return page(
    language,
    title,
    html`<h1>${title}</h1>
      ${answer === null ? '' : verdictOn(answer, t)}${form}`,
    `/badge${query === '' ? '' : `?${query}`}`,
  )
}

function verdictOn(answer: BadgeView, t: Speak): Html {
  if ('wrong' in answer) return warnOf(answer.wrong, t)
  if ('printed' in answer) return whoServes(answer.printed, t)
  return html`<div class="card" role="status">
    <h2>${t('是，这是', 'Yes, this is')} ${answer.name}</h2>
    <p>${t(answer.roleName, answer.roleNameEn)} · ${answer.placeName}</p>
    ${answer.photo === '' ? '' : photoOf(answer.photo, t)}
    <p>
      ${t('再看一眼他胸前的工作证：姓名要一样，编号最后四位应是', 'Now look at the badge he wears: the same name, and the last four signs of its number are')}
    </p>
    <p class="code">${answer.endsWith}</p>
    <p>
      ${t('不一样就不要开门。网格员不收费、不要验证码、不要银行卡号。', 'If they differ, do not open. Grid workers never take money, codes or card numbers.')}
    </p>
  </div>`
}

const photoOf = (photo: string, t: Speak): Html =>
  html`<p>${t('是不是照片上的这个人？', 'Is it the one on this photo?')}</p>
    <p>
      <img alt="${t('他的照片', 'His photo')}" src="data:image/jpeg;base64,${photo}" width="160" height="200" />
    </p>`

/** What a board or a printed number can say: who serves there. Never that whoever shows it is one of them. */
function whoServes({ placeName, people }: { placeName: string; people: readonly Served[] }, t: Speak): Html {
  return html`<div class="notice" role="alert">
      <p>
        <strong
          >${t('公示牌、工作证上印着的编号和二维码谁都能拍，不能证明来人是谁。', 'A number or code printed on a board or badge can be photographed: it proves nothing of who stands before you.')}</strong
        >
      </p>
      <p>
        ${t('请他打开手机上的“我的工作证”，把核验码输在下面。', 'Let him open “My badge” on his phone, and type the code below.')}
      </p>
    </div>
    <div class="card">
      <h2>${placeName}</h2>
      ${
        people.length === 0
          ? html`<p>${t('目前没有登记在这里任职的人。', 'Nobody serves here at present.')}</p>`
          : html`<p>${t('在这里任职的有：', 'Who serves here:')}</p>
              <ul>
                ${people.map((p) => html`<li>${p.name} · ${t(p.roleName, p.roleNameEn)}</li>`)}
              </ul>`
      }
    </div>`
}

function warnOf(wrong: 'unknown' | 'ended' | 'late', t: Speak): Html {
  if (wrong === 'late')
    return html`<div class="notice" role="alert">
      <p>
        <strong
          >${t('这个核验码过了一分钟，已经失效。', 'This code is more than a minute old and no longer good.')}</strong
        >
      </p>
      <p>
        ${t('请对方刷新手机上的“我的工作证”，再输一次新的码。', 'Let him show the new code on his phone and type that.')}
      </p>
    </div>`
  const why =
    wrong === 'ended'
      ? t('该工作证已作废或过期。', 'The badge was revoked or has expired.')
      : t('没有这个编号，可能输错了，也可能是假的。', 'There is no such number: mistyped, or false.')
  return html`<div class="error" role="alert">
    <p><strong>${t('请注意：这个编号不能证明身份。', 'Careful: this number vouches for nobody.')}</strong></p>
    <p>${why}</p>
    <p>
      ${t('请不要开门或提供信息，可拨打社区电话核实，遇到可疑情况拨打 110。', 'Do not open or tell anything; ring the community, and 110 if in doubt.')}
    </p>
  </div>`
}
