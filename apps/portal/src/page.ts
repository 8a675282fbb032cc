/** The frame of every resident page: HTML that needs no script, small enough for any phone on any line. */
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

const style = `:root{--ink:#1d2129;--soft:#5c6470;--line:#d5d9e0;--accent:#1456b8;--paper:#fff;--ground:#f4f6f9}*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:18px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
header{background:var(--paper);border-bottom:1px solid var(--line)}header div,main{max-width:640px;margin:0 auto;padding:12px 16px}header div{display:flex;justify-content:space-between;align-items:center;gap:12px}header a{color:var(--ink);text-decoration:none;font-weight:600}header a.lang{font-weight:400;color:var(--accent);padding:8px}
h1{font-size:26px;line-height:1.3;margin:16px 0 8px}h2{font-size:20px;margin:24px 0 8px}p{margin:8px 0}.soft{color:var(--soft)}.card{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:16px;margin:12px 0}
label,legend{display:block;font-weight:600;margin:16px 0 4px}.hint{font-weight:400;color:var(--soft);font-size:16px}input,textarea,select{width:100%;font:inherit;padding:10px 12px;border:1px solid #8a93a3;border-radius:8px;background:#fff;min-height:48px;color:inherit}textarea{min-height:120px}
fieldset{border:0;padding:0;margin:0}fieldset label.pick{display:flex;align-items:center;gap:10px;font-weight:400;border:1px solid var(--line);border-radius:8px;padding:8px 12px;margin:8px 0;min-height:48px;background:#fff}.pick input{width:24px;height:24px;min-height:0}
button,.button{display:block;width:100%;text-align:center;font:inherit;font-weight:600;background:var(--accent);color:#fff;border:0;border-radius:8px;padding:14px;min-height:56px;margin:16px 0;text-decoration:none}.button.plain,button.plain{background:#fff;color:var(--accent);border:1px solid var(--accent)}a{color:var(--accent)}
:focus-visible{outline:3px solid #f0a500;outline-offset:2px}.error{border-left:5px solid #b42318;background:#fef3f2;padding:12px 16px;border-radius:6px}.notice{border-left:5px solid #b54708;background:#fffaeb;padding:12px 16px;border-radius:6px}.code{font:700 30px/1.4 ui-monospace,monospace;letter-spacing:2px;overflow-wrap:anywhere}ol.line{list-style:none;padding:0;margin:0}ol.line li{border-left:3px solid var(--line);padding:4px 0 14px 16px;position:relative}ol.line li::before{content:"";position:absolute;left:-8px;top:12px;width:13px;height:13px;border-radius:50%;background:var(--accent)}time{color:var(--soft);font-size:16px}.trap{position:absolute;left:-9999px}`

/** @param path the page's own path and query, for the language switch. */
export function page(language: Language, title: string, body: Html, path: string): string {
  const other = language === 'zh' ? 'en' : 'zh'
  const switched = `${path}${path.includes('?') ? '&' : '?'}lang=${other}`
  return html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <link rel="icon" href="/field/icon.svg" />
        <title>${title} · ${language === 'zh' ? '枫格' : 'Fengge'}</title>
        <style>
          ${{ html: style }}
        </style>
      </head>
      <body>
        <header>
          <div>
            <a href="/">${language === 'zh' ? '枫格 · 居民服务' : 'Fengge · Residents'}</a
            ><a class="lang" href="${switched}" lang="${other === 'zh' ? 'zh-CN' : 'en'}"
              >${other === 'zh' ? '中文' : 'English'}</a
            >
          </div>
        </header>
        <main>${body}</main>
      </body>
    </html>`.html
}
