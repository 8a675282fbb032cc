/** JSON Schema as zod writes it, said so that tools for OpenAPI understand it: the same values pass. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly propertyNames?: JsonSchema
  readonly additionalProperties?: JsonSchema | boolean
  readonly anyOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly [keyword: string]: unknown
}

const isAnything = (schema: JsonSchema) => Object.keys(schema).length === 0

/** @example tidy({ anyOf: [{}, { type: 'null' }] }) is {} */
export function tidy(schema: object): JsonSchema {
  const { $schema: _, ...rest } = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, tidyValue(value)]),
  ) as JsonSchema
  return withKeysNamed(withoutEmptyChoice(rest))
}

function tidyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidyValue)
  return typeof value === 'object' && value !== null ? tidy(value) : value
}

/** Where one of several shapes is anything at all, the choice says nothing. */
function withoutEmptyChoice(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema
  return anyOf?.some(isAnything) ? rest : schema
}

/** A record over known keys names them as its properties. */
function withKeysNamed(schema: JsonSchema): JsonSchema {
  const { propertyNames, additionalProperties, ...rest } = schema
  if (!propertyNames?.enum || typeof additionalProperties !== 'object') return schema
  const properties = Object.fromEntries(propertyNames.enum.map((key) => [String(key), additionalProperties]))
  return { ...rest, properties, additionalProperties: false }
}
