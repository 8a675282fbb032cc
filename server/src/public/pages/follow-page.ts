/** The page on which a reporter follows his report: whose turn, until when, what happened, and what he may do. */
import { colonOf, html, page, type Html, type Language } from './frame.ts'
import { icons } from './icons.ts'
import { wordsOf } from './words.ts'

export interface FollowView {
  readonly code: string
  readonly no: string
  readonly title: string
  readonly status: string
  /** Whose turn it is; empty where it is nobody's any more. */
  readonly turn: string
  /** Of its limit: how much is left, from 1 to 0, in which light, and in words. */
  readonly left: { readonly share: number; readonly light: string; readonly text: string } | null
  /** What is still to come, in order. */
  readonly ahead: readonly string[]
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
    ${message ? html`<p class="notice" role="status">${message}</p>` : ''} ${turnCard(language, view)}
    ${
      view.answer
        ? html`<h2>${w.answer}</h2>
            <div class="card"><p>${view.answer}</p></div>`
        : ''
    }${view.rated ? html`<p class="soft">${w.rated}${colon}${view.rated}</p>` : ''}${view.canRate ? rateForm(language, view.code) : ''}${view.appealTo === null ? '' : appealForm(language, view.code, view.appealTo)}${view.isRefusedForGood ? html`<p>${w.refusedForGood}</p>` : ''}
    ${lineOf(language, view)} ${followButtons(language, view)}`
  return page(language, view.title, body, '/follow')
}

/** Whose turn it is, until when, and how much of the time is left: length, word and colour say the same. */
function turnCard(language: Language, view: FollowView): Html {
  const w = wordsOf(language)
  const { turn, due, left } = view
  return html`<div class="card turn">
    <p class="soft">${turn === '' ? w.now : w.turn}</p>
    <p class="who">${turn === '' ? view.status : turn}</p>
    ${turn === '' ? '' : html`<p>${view.status}</p>`}
    ${due ? html`<p>${w.dueBy(due)}</p>` : ''}${
      left
        ? html`<div class="bar ${left.light}" role="presentation">
              <i style="width:${Math.round(left.share * 100)}%"></i>
            </div>
            <p class="${left.light === 'red' ? 'late' : 'soft'}">${left.text}</p>`
        : ''
    }${view.paused ? html`<p>${w.paused}${colonOf(language)}${view.paused}</p>` : ''}${view.isLinked ? html`<p>${w.linked}</p>` : ''}${view.isReadOnly ? html`<p>${w.readOnly}</p>` : ''}
  </div>`
}

/** What happened, where it stands, and what is still to come. */
function lineOf(language: Language, view: FollowView): Html {
  const w = wordsOf(language)
  if (view.steps.length === 0) return html``
  return html`<h2>${w.history}</h2>
    <ol class="line">
      ${view.steps.map((s) => stepItem(language, s))}
      ${view.ahead.length === 0 ? '' : html`<li>${icons.here}<b>${view.status}</b></li>`}
      ${view.ahead.map((text) => html`<li class="ahead">${icons.ahead}${text}</li>`)}
    </ol>`
}

function followButtons(language: Language, { code, canUrge, canCancel }: FollowView): Html {
  const w = wordsOf(language)
  const button = (action: string, label: string) =>
    html`<form method="post" action="/follow/${action}?lang=${language}">
      <input type="hidden" name="code" value="${code}" /><button class="plain">${label}</button>
    </form>`
  return html`${canUrge ? html`<div class="two">${button('urge', w.urge)}</div>` : ''}${
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
    ${icons.done}<b>${text}</b>${more === '' ? '' : html` <span class="soft">${more}</span>`}<br /><time>${at}</time
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
