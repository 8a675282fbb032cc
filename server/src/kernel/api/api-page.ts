/** The contract as a page a person can read; the machine's copy is /openapi.json. */
import { showAdmission } from '@fengge/domain/kernel/duty'
import type { Endpoint } from '@fengge/domain/kernel/endpoint'
import { z } from 'zod'

const escape = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!)
const schema = (of: z.ZodType, io: 'input' | 'output') =>
  escape(JSON.stringify(z.toJSONSchema(of, { io, unrepresentable: 'any' }), null, 1))

export function apiPageOf(contract: readonly Endpoint[]): string {
  const parts = contract.map(
    (p) =>
      `<details id="${escape(p.name)}"><summary><b>${p.method}</b> <code>${escape(p.path)}</code> ${escape(p.summary)}</summary><p>duty <code>${escape(showAdmission(p.duty))}</code> · refusals ${p.refusals.map((r) => `<code>${escape(r)}</code>`).join(' ') || '—'}</p><h3>Ask</h3><pre>${schema(p.ask, 'input')}</pre><h3>Reply</h3><pre>${p.isStream ? 'a file' : schema(p.reply, 'output')}</pre></details>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Fengge API</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:1000px;margin:0 auto;padding:16px;color:#1d2129}summary{padding:8px 0;cursor:pointer;overflow-wrap:anywhere}pre{background:#f4f6f9;padding:12px;overflow:auto}details{border-bottom:1px solid #d5d9e0}</style></head><body><h1>Fengge API</h1><p>${contract.length} endpoints. Machine-readable: <a href="/openapi.json">/openapi.json</a></p>${parts.join('')}</body></html>`
}
