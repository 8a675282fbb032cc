/** Settings from the environment, checked once at start. docs/operations.md lists them. */
import { createHash, randomBytes } from 'node:crypto'
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const Port = z.coerce.number().int().min(0).max(65535)
/** Addresses and ranges; whoever believes all of them, or so many steps, believes what anybody says of himself. */
const Proxies = z
  .string()
  .transform((text) => (text === 'off' ? [] : text.split(',').map((one) => one.trim())))
  .refine((list) => list.every(isRange), {
    error: 'list the addresses of your proxies, such as 127.0.0.1 or 10.0.0.0/24 (several with commas), or off',
  })

function isRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  // A range of everybody is none.
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

const Environment = z.object({
  PORT: Port.default(8080),
  HOST: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  DATABASE_OWNER_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  FENGGE_DATA_DIR: z.string().min(1).default('.fengge'),
  PUBLIC_URL: z.url().optional(),
  FENGGE_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
  FENGGE_DATA_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
  FENGGE_DATA_SECRET_FORMER: z.string().min(32, 'needs at least 32 characters').optional(),
  FENGGE_DEMO: z.enum(['on', 'off']).default('on'),
  FENGGE_DEMO_ELSEWHERE: z.enum(['on', 'off']).default('off'),
  FENGGE_DEMO_SCALE: z.coerce.number().min(0.01).max(1).default(0.02),
  FENGGE_RATE_LIMIT: z.coerce.number().int().min(1).default(600),
  FENGGE_SUITE: z.enum(['intl', 'sm']).default('intl'),
  FENGGE_MAP_STYLE: z.string().optional(),
  FENGGE_FONT: z.string().optional(),
  FENGGE_TRUST_PROXY: Proxies.default([]),
  FENGGE_MAX_UPLOAD_MB: z.coerce.number().int().min(1).max(200).default(20),
  FENGGE_ANCHORS: z.string().min(1).optional(),
  FENGGE_BACKUPS: z.string().min(1).optional(),
  FENGGE_DRAIN_SECONDS: z.coerce.number().int().min(1).max(20).default(5),
  FENGGE_METRICS_TOKEN: z.string().min(20, 'needs at least 20 characters').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

export interface Settings {
  readonly port: number
  readonly host: string
  readonly databaseUrl: string | undefined
  /** Of the role that owns the tables and migrates, where it is not the one that the server works as. */
  readonly databaseOwnerUrl: string | undefined
  readonly dataDir: string
  readonly publicUrl: string | undefined
  readonly secret: string
  /** Seals facts at rest; the journal keeps to `secret`, so that data keys can change and its digests stay. */
  readonly dataSecret: string
  readonly formerDataSecret: string | undefined
  readonly isDemo: boolean
  /** Whether invented people may sign in from another machine; their administrators never may. */
  readonly isDemoOpen: boolean
  readonly demoScale: number
  readonly rateLimit: number
  readonly suite: 'intl' | 'sm'
  readonly mapStyle: string | undefined
  /** A font file with Chinese signs for what is printed; a usual place is looked in otherwise. */
  readonly font: string | undefined
  /** Addresses and ranges of proxies that are believed in what they say of a request. */
  readonly trustedProxies: readonly string[]
  readonly maxUpload: number
  /** A folder, best on another machine, where the heads of the journal are written as well. */
  readonly anchorDir: string | undefined
  /** Where backups lie, for whoever looks how old the newest is. */
  readonly backupDir: string | undefined
  /** Milliseconds that clients are given to end what they began when the server is told to stop. */
  readonly drainMs: number
  /** Who may read the figures from another machine; nobody without it. */
  readonly metricsToken: string | undefined
  readonly logLevel: string
}

/** Reads and checks the environment. Throws with one line a fault, each naming its setting. */
export function readSettings(environment: Record<string, string | undefined> = process.env): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) throw new Error(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'))
  const e = parsed.data
  const dataDir = resolve(e.FENGGE_DATA_DIR)
  makeDataDir(dataDir)
  const secret = e.FENGGE_SECRET ?? keepSecret(dataDir)
  const isDemo = e.FENGGE_DEMO === 'on' && e.DATABASE_URL === undefined
  const isDemoOpen = e.FENGGE_DEMO_ELSEWHERE === 'on'
  return {
    port: e.PORT,
    // A demo is for whoever sits at this machine, unless a setting says otherwise.
    host: e.HOST ?? (isDemo && !isDemoOpen ? '127.0.0.1' : '0.0.0.0'),
    databaseUrl: e.DATABASE_URL,
    databaseOwnerUrl: e.DATABASE_OWNER_URL,
    dataDir,
    publicUrl: e.PUBLIC_URL,
    secret,
    dataSecret: e.FENGGE_DATA_SECRET ?? secret,
    formerDataSecret: e.FENGGE_DATA_SECRET_FORMER,
    isDemo,
    isDemoOpen,
    demoScale: e.FENGGE_DEMO_SCALE,
    rateLimit: e.FENGGE_RATE_LIMIT,
    suite: e.FENGGE_SUITE,
    mapStyle: e.FENGGE_MAP_STYLE,
    font: e.FENGGE_FONT,
    trustedProxies: e.FENGGE_TRUST_PROXY,
    maxUpload: e.FENGGE_MAX_UPLOAD_MB * 1024 * 1024,
    backupDir: e.FENGGE_BACKUPS === undefined ? undefined : resolve(e.FENGGE_BACKUPS),
    anchorDir: e.FENGGE_ANCHORS === undefined ? undefined : resolve(e.FENGGE_ANCHORS),
    drainMs: e.FENGGE_DRAIN_SECONDS * 1000,
    metricsToken: e.FENGGE_METRICS_TOKEN,
    logLevel: e.LOG_LEVEL,
  }
}

/** @throws a sentence that names the setting where nothing can be kept in the folder */
function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch (error) {
    const { code = '' } = error as { code?: string }
    throw new Error(
      `FENGGE_DATA_DIR: ${dataDir} 不能写入，请换一个可写的目录 cannot be written to (${code}); name another folder`,
    )
  }
}

/** A secret made on first start and kept beside the data, readable by its owner only. */
function keepSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) {
    if (existsSync(join(dataDir, 'pg')))
      throw new Error(`${file} 不见了，请放回原来的密钥文件（或设 FENGGE_SECRET）；没有生成新的密钥，什么都没有改动。
the secret is gone: put the file back, or set FENGGE_SECRET; no new one was made, nothing was changed`)
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
    chmodSync(file, 0o600)
  }
  return readFileSync(file, 'utf8').trim()
}

/** A key for one purpose, so that no two uses share one. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return createHash('sha256').update(`${purpose}\0${secret}`).digest()
}
