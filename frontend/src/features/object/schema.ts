/** One node of a JSON schema, as far as completion reads it. A schema is a cluster's: nothing in it is taken for granted. */
export interface Node {
  type?: unknown
  format?: unknown
  description?: unknown
  properties?: Record<string, Node>
  additionalProperties?: Node | boolean
  items?: Node
  required?: unknown
  enum?: unknown
  default?: unknown
  allOf?: unknown
  anyOf?: unknown
  oneOf?: unknown
  $ref?: unknown
}

/** A key of an object or, for an item of a list, its index. */
export type Path = readonly (string | number)[]

const DEEPEST = 20

/** The schema of what is at a path; null when the schema doesn't say. */
export function schemaAt(root: unknown, path: Path): Node | null {
  let node = resolved(root, root)
  for (const step of path) {
    if (node === null) return null
    node = resolved(root, typeof step === 'number' ? node.items : childOf(node, step))
  }
  return node
}

function childOf(node: Node, key: string): unknown {
  const own = node.properties
  return own && Object.hasOwn(own, key) ? own[key] : node.additionalProperties
}

/** A node with what it refers to, and with all parts of an allOf, laid into one. */
function resolved(root: unknown, raw: unknown, depth = 0): Node | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw) || depth > DEEPEST) return null
  const node = raw as Node
  const parts = [
    ...(typeof node.$ref === 'string' ? [at(root, node.$ref)] : []),
    ...(Array.isArray(node.allOf) ? (node.allOf as unknown[]) : []),
  ]
  const laid = parts.map((part) => resolved(root, part, depth + 1)).filter((part) => part !== null)
  // What stands beside a reference says more of this place than what is referred to.
  return Object.assign({}, ...laid, node) as Node
}

/** Follows a JSON pointer within the document; a reference elsewhere is not followed. */
function at(root: unknown, ref: string): unknown {
  if (!ref.startsWith('#/')) return null
  let now: unknown = root
  for (const part of ref.slice(2).split('/')) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof now !== 'object' || now === null || !Object.hasOwn(now, key)) return null
    now = (now as Record<string, unknown>)[key]
  }
  return now
}

/** Its type in a word: "string", "[]object", "integer (int32)". */
export function typeWords(root: unknown, node: Node): string {
  const type = typeof node.type === 'string' ? node.type : ''
  if (type === 'array') {
    const item = resolved(root, node.items)
    return `[]${item ? typeWords(root, item) : ''}`
  }
  if (type === '' && node.properties) return 'object'
  return typeof node.format === 'string' && type !== '' ? `${type} (${node.format})` : type
}

export function describe(node: Node): string {
  return typeof node.description === 'string' ? node.description : ''
}

/** The keys that an object has, the required first, then by name. */
export function keysOf(root: unknown, node: Node): { key: string; node: Node; required: boolean }[] {
  const must = new Set(Array.isArray(node.required) ? (node.required as unknown[]) : [])
  return Object.entries(node.properties ?? {})
    .map(([key, raw]) => ({ key, node: resolved(root, raw) ?? {}, required: must.has(key) }))
    .sort((a, b) => Number(b.required) - Number(a.required) || a.key.localeCompare(b.key))
}

/** The values that a field can have, where they are few. */
export function valuesOf(node: Node): string[] {
  if (Array.isArray(node.enum)) return node.enum.map(String)
  return node.type === 'boolean' ? ['true', 'false'] : []
}
