import { expect, it } from 'vitest'
import { candidate } from '../../test/importFixture'
import { connectWords } from './connect'

const up = (index: number) => candidate(index, 'c', { tested: true, passed: true })
const down = (index: number) => candidate(index, 'c', { tested: true })
const known = { memberID: 'm1', memberName: 'harbour' }

it.each([
  ['Connect 1 cluster', [up(0)]],
  ['Connect 2 clusters', [up(0), up(1)]],
  ['Save anyway', [down(0), down(1)]],
  ['Connect 1 cluster and save 1 anyway', [up(0), down(1)]],
  ['Connect 1 cluster, save 1 anyway and replace the credentials of 1', [up(0), down(1), { ...up(2), ...known }]],
  ['Replace credentials', [{ ...up(0), ...known }]],
  ['Replace anyway', [{ ...down(0), ...known }]],
])('%s', (want, picked) => {
  expect(connectWords(picked)).toBe(want)
})
