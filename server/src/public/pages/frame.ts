/** The frame of every resident page: HTML that needs no script, small enough for any phone on any line. */
import { icons } from './icons.ts'
import { style } from './style.ts'
import { wordsOf } from './words.ts'

export type Language = 'zh' | 'en'

export const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!)

/** Text that is already HTML. */
export interface Html {
  readonly html: string
}
type Part = string | number | Html | null | undefined | false | readonly Part[]

function show(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part !== 'object') return escapeHtml(String(part))
  return 'html' in part ? part.html : part.map(show).join('')
}

/** Builds HTML; everything put in is escaped unless it is Html itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Html {
  return { html: parts.map((p, i) => p + (i < values.length ? show(values[i]) : '')).join('') }
}

export const colonOf = (language: Language): string => (language === 'zh' ? '：' : ': ')

/** Where a page begins; whoever reads in large letters is given `large` in its place (answer-page.ts). */
export const opening = '<html lang='
export const largeOpening = '<html class="big" lang='

/** @param path the page's own path and query, for the switches of language and letters */
export function page(language: Language, title: string, body: Html, path: string): string {
  const w = wordsOf(language)
  const other = language === 'zh' ? 'en' : 'zh'
  const switched = `${path}${path.includes('?') ? '&' : '?'}lang=${other}`
  return html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="description" content="${w.homeLead}" />
        <link rel="icon" href="/field/icon.svg" />
        <title>${title} · ${w.brand}</title>
        <style>
          ${{ html: style }}
        </style>
      </head>
      <body>
        <header>
          <div>
            <a class="brand" href="/?lang=${language}">${icons.brand}${w.brand}</a
            ><a class="aside larger" href="/letters?size=big&to=${encodeURIComponent(path)}&lang=${language}"
              >${w.bigger}</a
            ><a class="aside" href="${switched}" lang="${other === 'zh' ? 'zh-CN' : 'en'}"
              >${other === 'zh' ? '中文' : 'English'}</a
            >
          </div>
        </header>
        <main>${body}</main>
      </body>
    </html>`.html
}
