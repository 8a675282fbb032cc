/**
 * Registers that are kept for themselves, each with what is due and what is missing: shops along the streets, and estates
 * that nobody manages. Source: requirements.md R6, R7.
 */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id } from '../../kernel/id.ts'
import { ExportPurpose, listExport } from '../../kernel/list-export.ts'
import { After, Next } from '../../kernel/page.ts'
import { Brief } from '../terms.ts'

export const registers = ['shops', 'unmanaged-estates', 'said-names'] as const
export type Register = (typeof registers)[number]

export const listRegister = endpoint({
  name: 'listRegister',
  method: 'GET',
  path: '/api/registry/register',
  duty: 'registry.read',
  summary: '沿街商铺、无物业小区台账 Shops along the streets, estates without property management',
  ask: z.strictObject({
    register: z.enum(registers),
    placeId: Id.optional(),
    /** Only what is due, or lacks something. */
    isDue: z.enum(['yes', 'no']).default('no'),
    after: After,
  }),
  reply: z.strictObject({
    /** The longest due first. `missing` are codes of fields that are asked for and empty. */
    rows: z.array(z.strictObject({ ...Brief.shape, missing: z.array(z.string()) })),
    total: z.int(),
    due: z.int(),
    next: Next,
  }),
  refusals: [],
})

export const exportRegister = listExport({
  name: 'exportRegister',
  path: '/api/registry/register/export',
  duty: 'registry.export',
  summary: '导出沿街商铺、无物业小区台账（带水印） A register as a workbook',
  ask: z.strictObject({
    register: z.enum(registers),
    placeId: Id.optional(),
    isDue: z.enum(['yes', 'no']).default('no'),
    purpose: ExportPurpose,
  }),
})

export const registersContract = [listRegister, exportRegister]
