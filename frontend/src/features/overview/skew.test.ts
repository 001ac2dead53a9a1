import { expect, it } from 'vitest'
import { skew } from './skew'

const of = (...versions: string[]) => skew(versions.map((version) => ({ version, members: ['m1'] })))

it.each([
  ['one version', ['v1.34.2'], ''],
  ['none', [], ''],
  ['neighbours, which fit', ['v1.34.2', 'v1.33.5-eks-113cf36'], ''],
  ['two apart', ['v1.32.0', 'v1.34.2', 'v1.33.1'], 'v1.32 is 2 minor versions behind v1.34.'],
  ['suffixes and a missing v', ['1.27.16', 'v1.34.1-gke.2037001'], 'v1.27 is 7 minor versions behind v1.34.'],
  ['what is no version', ['unknown', 'v1.34.2', ''], ''],
  ['another major, which nobody can rank', ['v1.34.2', 'v2.0.0'], ''],
])('tells what lies between versions: %s', (_, versions, words) => {
  expect(of(...versions).replace(/ Some kinds.*/, '')).toBe(words)
})
