import { describe, expect, it } from 'vitest'
import { createResource } from './resource'

interface Thing {
  seq: number
}

/** A source whose pulls end when the test says so, in any order. */
function source() {
  const pulls: { resolve: (t: Thing) => void; reject: (e: unknown) => void }[] = []
  const order: string[] = []
  let bell: ((b: { seq: number }) => void) | null = null
  return {
    pulls,
    order,
    ring: (seq: number) => bell?.({ seq }),
    subscribe: (ring: (b: { seq: number }) => void) => {
      order.push('subscribe')
      bell = ring
      return () => {
        bell = null
        order.push('stop')
      }
    },
    pull: () => {
      order.push('pull')
      return new Promise<Thing>((resolve, reject) => pulls.push({ resolve, reject }))
    },
  }
}

const settle = () => new Promise((done) => setTimeout(done))

describe('createResource', () => {
  it('subscribes before it pulls, so that no change is missed', () => {
    const s = source()
    createResource(s).start()
    expect(s.order).toEqual(['subscribe', 'pull'])
  })

  it('shows what came with the page without a pull, and what is newer after a ring', async () => {
    const s = source()
    const resource = createResource({ ...s, first: { seq: 3 } })
    expect(resource.store.getState()).toEqual({ status: 'ready', value: { seq: 3 }, failure: null })
    const stop = resource.start()
    s.ring(3)
    expect(s.order).toEqual(['subscribe'])
    s.ring(4)
    s.pulls[0]?.resolve({ seq: 4 })
    await settle()
    expect(resource.store.getState()).toMatchObject({ value: { seq: 4 } })
    stop()
    resource.start() // what happened between nobody knows
    expect(s.pulls).toHaveLength(2)
  })

  it('makes one pull of many rings that come during a pull', async () => {
    const s = source()
    const resource = createResource(s)
    resource.start()
    s.ring(2)
    s.ring(3)
    s.ring(4)
    expect(s.pulls).toHaveLength(1)
    s.pulls[0]?.resolve({ seq: 1 })
    await settle()
    expect(s.pulls).toHaveLength(2)
    s.pulls[1]?.resolve({ seq: 4 })
    await settle()
    expect(s.pulls).toHaveLength(2)
    expect(resource.store.getState()).toEqual({ status: 'ready', value: { seq: 4 }, failure: null })
  })

  it('does not pull for a ring that it knows already', async () => {
    const s = source()
    createResource(s).start()
    s.pulls[0]?.resolve({ seq: 7 })
    await settle()
    s.ring(6)
    s.ring(7)
    expect(s.pulls).toHaveLength(1)
  })

  it('drops an answer that is older than the last', async () => {
    const s = source()
    const resource = createResource(s)
    resource.start()
    s.pulls[0]?.resolve({ seq: 5 })
    await settle()
    resource.pull()
    s.pulls[1]?.resolve({ seq: 4 })
    await settle()
    expect(resource.store.getState()).toMatchObject({ value: { seq: 5 } })
  })

  it('keeps the last value when a pull fails, and says that it is stale', async () => {
    const s = source()
    const resource = createResource(s)
    resource.start()
    s.pulls[0]?.resolve({ seq: 1 })
    await settle()
    s.ring(2)
    s.pulls[1]?.reject({ code: 'busy', message: 'Wait.' })
    await settle()
    expect(resource.store.getState()).toEqual({
      status: 'ready',
      value: { seq: 1 },
      failure: { code: 'busy', message: 'Wait.' },
    })
  })

  it('fails when there was never a value', async () => {
    const s = source()
    const resource = createResource(s)
    resource.start()
    s.pulls[0]?.reject({ code: 'unreachable', message: 'No.' })
    await settle()
    expect(resource.store.getState()).toEqual({ status: 'failed', failure: { code: 'unreachable', message: 'No.' } })
  })

  it('hears nothing after it was stopped, not even the answer under way', async () => {
    const s = source()
    const resource = createResource(s)
    resource.start()()
    s.pulls[0]?.resolve({ seq: 1 })
    await settle()
    expect(resource.store.getState()).toEqual({ status: 'loading' })
    expect(s.order).toEqual(['subscribe', 'pull', 'stop'])
  })

  it('can start again while an old pull is under way', async () => {
    const s = source()
    const resource = createResource(s)
    resource.start()()
    resource.start()
    s.pulls[0]?.resolve({ seq: 1 })
    await settle()
    s.pulls[1]?.resolve({ seq: 2 })
    await settle()
    expect(resource.store.getState()).toMatchObject({ status: 'ready', value: { seq: 2 } })
  })
})
