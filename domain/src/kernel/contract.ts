/** What an installation tells anybody about itself. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'

export const getPublicSettings = endpoint({
  name: 'getPublicSettings',
  method: 'GET',
  path: '/api/settings/public',
  duty: 'public',
  summary: '公开设置 Settings that anybody may know',
  ask: z.strictObject({}),
  reply: z.strictObject({
    /** The address of a base map's style, or null: then maps are drawn without tiles. */
    mapStyle: z.string().nullable(),
    /** Persons of a demo county do not exist, and pages say so. */
    isDemo: z.boolean(),
    /** The largest file in bytes. */
    maxUpload: z.int(),
  }),
  refusals: [],
})
export const kernelContract = [getPublicSettings]
