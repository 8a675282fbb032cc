import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** The service worker with the list of built files; it changes with any of them, and so a new version is noticed. */
function offline(): Plugin {
  return {
    name: 'fengge-offline',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = [
        '/field/',
        '/field/app.webmanifest',
        '/field/icon.svg',
        ...Object.keys(bundle)
          .filter((f) => /\.(js|css)$/.test(f))
          .map((f) => `/field/${f}`),
      ]
      const version = createHash('sha256')
        .update(
          Object.entries(bundle)
            .map(([name, f]) => `${name}${f.type === 'chunk' ? f.code : String(f.source)}`)
            .join('\n'),
        )
        .digest('hex')
        .slice(0, 12)
      const source = readFileSync(join(import.meta.dirname, 'src/offline/worker.js'), 'utf8')
        .replace("'__VERSION__'", `'${version}'`)
        .replace("['__FILES__']", JSON.stringify(files))
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  }
}

/** The phone trusts the server to judge; the schemas of the contract stay out of its program. */
const withoutSchemas = { find: /^zod$/, replacement: join(import.meta.dirname, '../../web/src/api/no-schemas.ts') }

export default defineConfig({
  base: '/field/',
  plugins: [react(), offline()],
  build: { target: 'chrome100', modulePreload: { polyfill: false } },
  resolve: { alias: [withoutSchemas] },
  define: { __APP_VERSION__: JSON.stringify(new Date().toISOString().slice(0, 10)) },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
