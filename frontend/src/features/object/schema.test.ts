import { describe, expect, it } from 'vitest'
import { deploymentSchema } from '../../test/objectYaml'
import { keysOf, schemaAt, typeWords, valuesOf } from './schema'

describe('schemaAt', () => {
  it('follows references, parts and lists', () => {
    const node = schemaAt(deploymentSchema, ['spec', 'template', 'spec', 'containers', 0, 'imagePullPolicy'])
    expect(node && valuesOf(node)).toEqual(['Always', 'IfNotPresent', 'Never'])
  })

  it('knows the values of a free mapping, and nothing of what the schema does not name', () => {
    expect(schemaAt(deploymentSchema, ['metadata', 'labels', 'any/thing'])).toMatchObject({ type: 'string' })
    expect(schemaAt(deploymentSchema, ['spec', 'nothing', 'below'])).toBeNull()
    expect(schemaAt(deploymentSchema, ['constructor'])).toBeNull()
  })

  it.each([
    ['null', null],
    ['a text', 'schema'],
    ['a reference to itself', { $ref: '#' }],
    ['a reference elsewhere', { $ref: 'https://example.net/schema.json' }],
    ['properties of another type', { properties: 'none' }],
  ])('survives %s', (_, root) => {
    expect(() => schemaAt(root, ['a', 0, 'b'])).not.toThrow()
  })
})

it('gives the required keys first, then by name, with their types', () => {
  const node = schemaAt(deploymentSchema, ['spec'])
  const keys = keysOf(deploymentSchema, node ?? {})
  expect(keys.map((k) => k.key)).toEqual(['selector', 'template', 'minReadySeconds', 'paused', 'replicas', 'strategy'])
  const replicas = keys.find((k) => k.key === 'replicas')
  expect(replicas && typeWords(deploymentSchema, replicas.node)).toBe('integer (int32)')
  const pods = schemaAt(deploymentSchema, ['spec', 'template', 'spec', 'containers'])
  expect(pods && typeWords(deploymentSchema, pods)).toBe('[]object')
})
