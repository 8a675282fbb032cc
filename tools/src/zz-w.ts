import { openEngine } from '@fengge/server/main'
import { readSettings } from '@fengge/server/kernel/settings'
import { listWaiting } from './demo/waiting.ts'
const opened = await openEngine(readSettings({ ...process.env }))
for (const w of await listWaiting(opened.engine, '320206')) console.log(w.login, w.total, w.parts.map(p => `${p.label} ${p.count}`).join(' '))
await opened.close(); process.exit(0)
