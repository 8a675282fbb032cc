/** The page on which a reporter follows his report: whose turn, until when, what happened, and what he may do. */
import { html, page, type Html, type Language } from './page.ts'
import { colonOf } from './pages.ts'
import { wordsOf } from './words.ts'

export interface FollowView {
  readonly code: string
  readonly no: string
  readonly title: string
  readonly status: string
  readonly turn: string
  readonly due: string | null
  readonly paused: string | null
  readonly answer: string | null
  /** Each with the office that took it, where it led and until when, and how long after the one before. */
  readonly steps: readonly { text: string; more: string; office: string; at: string; took: string }[]
  readonly canRate: boolean
  readonly canCancel: boolean
  /** The office that judges an appeal; null where there is none to make. */
  readonly appealTo: string | null
  /** It stays refused: the level above, or the county a second time, has said so. */
  readonly isRefusedForGood: boolean
  readonly canUrge: boolean
  readonly rated: string | null
  readonly isLinked: boolean
  /** By this code one looks, and does nothing. */
  readonly isReadOnly: boolean
}

export function followPage(
  language: Language,
  view: FollowView | null,
  code: string,
  message: string | null = null,
): string {
  const w = wordsOf(language)
  const form = html`<form method="post" action="/follow?lang=${language}">
    <label for="code">${w.codeLabel} <span class="hint">${w.codeHint}</span></label
    ><input
      id="code"
      name="code"
      value="${code}"
      autocomplete="off"
      autocapitalize="characters"
      maxlength="20"
      required
    /><button>${w.look}</button>
  </form>`
  if (!view)
    return page(
      language,
      w.follow,
      html`<h1>${w.follow}</h1>
        ${code !== '' ? html`<p class="error" role="alert">${w.unknownCode}</p>` : ''}${form}`,
      '/follow',
    )
  const colon = colonOf(language)
  const body = html`<h1>${view.title}</h1>
    <p class="soft">${w.number} ${view.no}</p>
    ${message ? html`<p class="notice" role="status">${message}</p>` : ''}
    <div class="card">
      <p><strong>${w.now}</strong>${colon}${view.status}</p>
      <p><strong>${w.turn}</strong>${colon}${view.turn}</p>
      ${view.due ? html`<p><strong>${w.until}</strong>${colon}${view.due}</p>` : ''}${view.paused ? html`<p><strong>${w.paused}</strong>${colon}${view.paused}</p>` : ''}${view.isLinked ? html`<p>${w.linked}</p>` : ''}${view.isReadOnly ? html`<p>${w.readOnly}</p>` : ''}
    </div>
    ${
      view.answer
        ? html`<h2>${w.answer}</h2>
            <div class="card"><p>${view.answer}</p></div>`
        : ''
    }${view.rated ? html`<p class="soft">${w.rated}${colon}${view.rated}</p>` : ''}${view.canRate ? rateForm(language, view.code) : ''}${view.appealTo === null ? '' : appealForm(language, view.code, view.appealTo)}${view.isRefusedForGood ? html`<p>${w.refusedForGood}</p>` : ''}
    <h2>${w.history}</h2>
    <ol class="line">
      ${view.steps.map((s) => stepItem(language, s))}
    </ol>
    ${followButtons(language, view)}`
  return page(language, view.title, body, '/follow')
}

function followButtons(language: Language, { code, canUrge, canCancel }: FollowView): Html {
  const w = wordsOf(language)
  const button = (action: string, label: string) =>
    html`<form method="post" action="/follow/${action}?lang=${language}">
      <input type="hidden" name="code" value="${code}" /><button class="plain">${label}</button>
    </form>`
  return html`${canUrge ? button('urge', w.urge) : ''}${
    canCancel
      ? html`<details>
          <summary class="button plain">${w.cancel}</summary>
          <div class="card">
            <p>${w.cancelAsk}</p>
            ${button('cancel', w.cancelSure)}
          </div>
        </details>`
      : ''
  }`
}

function stepItem(language: Language, { text, more, office, at, took }: FollowView['steps'][number]): Html {
  const after = language === 'zh' ? ` · 距上一步 ${took}` : ` · ${took} after the step before`
  return html`<li>
    ${text}${more === '' ? '' : html` <span class="soft">${more}</span>`}<br /><time>${at}</time
    >${office === '' ? '' : ` · ${office}`}${took === '' ? '' : after}
  </li>`
}

function rateForm(language: Language, code: string): Html {
  const w = wordsOf(language)
  return html`<h2>${w.rate}</h2>
    <form class="card" method="post" action="/follow/rate?lang=${language}">
      <input type="hidden" name="code" value="${code}" />
      <fieldset>
        <legend>${w.solved}</legend>
        <label class="pick"><input type="radio" name="solved" value="yes" required /> ${w.yes}</label
        ><label class="pick"><input type="radio" name="solved" value="no" /> ${w.no}</label>
      </fieldset>
      <fieldset>
        <legend>${w.score}</legend>
        ${w.scores.map((text, i) => html`<label class="pick"><input type="radio" name="score" value="${i + 1}" required /> ${text}</label>`)}
      </fieldset>
      <label for="note">${w.more}</label><textarea id="note" name="note" maxlength="500"></textarea
      ><button>${w.sendRate}</button>
    </form>`
}

/** Who was refused says why he does not agree; the office above the one that refused judges it, once. */
function appealForm(language: Language, code: string, office: string): Html {
  const w = wordsOf(language)
  return html`<h2>${w.appeal}</h2>
    <p>${w.appealGoes}${colonOf(language)}${office}</p>
    <form class="card" method="post" action="/follow/appeal?lang=${language}">
      <input type="hidden" name="code" value="${code}" />
      <label for="why">${w.appealWhy} <span class="hint">${w.appealHint}</span></label
      ><textarea id="why" name="note" maxlength="500" required></textarea><button>${w.sendAppeal}</button>
    </form>`
}
