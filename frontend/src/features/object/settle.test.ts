import { describe, expect, it } from 'vitest'
import { readPath, withValue } from './settle'

const YAML = `metadata:
  name: web
  labels:
    app.kubernetes.io/name: web
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: app
          image: web:1
          args:
          - a
        - image: proxy:1
          name: proxy
status: {}
`

describe('readPath', () => {
  it.each([
    ['spec.replicas', ['spec', 'replicas']],
    ['spec.ports[1].name', ['spec', 'ports', { inside: '1' }, 'name']],
    ['c[web].image', ['c', { inside: 'web' }, 'image']],
    ['metadata.labels["a.b/c"]', ['metadata', 'labels', 'a.b/c']],
    ['metadata.labels[a.b/c]', ['metadata', 'labels', { inside: 'a.b/c' }]],
  ])('reads %s', (path, steps) => expect(readPath(path)).toEqual(steps))

  it.each(['', 'a[', 'a]b'])('refuses “%s”', (path) => expect(readPath(path)).toBeNull())
})

describe('withValue', () => {
  it.each([
    ['a scalar', 'spec.replicas', '5', '  replicas: 3', '  replicas: 5'],
    ['a key with dots', 'metadata.labels["app.kubernetes.io/name"]', 'shop', 'io/name: web', 'io/name: shop'],
    [
      'a key with dots as Go writes it',
      'metadata.labels[app.kubernetes.io/name]',
      'shop',
      'io/name: web',
      'io/name: shop',
    ],
    ['a field of an item by its index', 'spec.template.spec.containers[0].image', 'web:2', 'web:1', 'web:2'],
    ['a field of an item by its name', 'spec.template.spec.containers[proxy].image', 'proxy:2', 'proxy:1', 'proxy:2'],
    [
      'a list',
      'spec.template.spec.containers[0].args',
      '- b\n- c\n',
      '          args:\n          - a',
      '          args:\n            - b\n            - c',
    ],
    ['nothing, which takes the field away', 'spec.replicas', '', '  replicas: 3\n', ''],
    [
      'a field that is not there yet',
      'spec.paused',
      'true',
      '          name: proxy\n',
      '          name: proxy\n  paused: true\n',
    ],
  ])('puts in %s', (_, path, value, from, to) => {
    expect(withValue(YAML, path, value)).toBe(YAML.replace(from, to))
  })

  it('keeps the dash of an item whose first field changes', () => {
    expect(withValue(YAML, 'spec.template.spec.containers[1].image', 'proxy:9')).toContain('        - image: proxy:9\n')
  })

  it.each(['spec.nothing.below', 'spec.template.spec.containers[7].image', 'spec.template.spec.containers[0]', '['])(
    'says when it finds no place for %s',
    (path) => expect(withValue(YAML, path, 'x')).toBeNull(),
  )
})
