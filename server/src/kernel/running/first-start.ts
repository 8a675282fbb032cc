/**
 * A mark beside the data while the first start makes a demo: whoever finds it knows that what stands there is half made
 * and of no worth, and makes it anew.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const mark = (dataDir: string) => join(dataDir, 'first-start-unfinished')

export const isFirstStartUnfinished = (dataDir: string): boolean => existsSync(mark(dataDir))
export const beginFirstStart = (dataDir: string): void => writeFileSync(mark(dataDir), '')
export const finishFirstStart = (dataDir: string): void => rmSync(mark(dataDir), { force: true })
