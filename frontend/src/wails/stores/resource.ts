import { createStore, type StoreApi } from 'zustand/vanilla'
import { shared } from '../../lib/shared'
import { toFailure } from '../errors'
import type { Failure } from '../model'

/** What is known of something that Go owns. A ready one with a failure is stale: the last pull failed. */
export type Loaded<T> =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; value: T; failure: Failure | null }

export interface Resource<T> {
  store: StoreApi<Loaded<T>>
  /** Subscribes, then pulls what did not come with the page; the returned function stops both. */
  start(): () => void
  /** Pulls now, for "try again". */
  pull(): void
}

export interface Source<T> {
  /** What came with the page; for what is newer Go rings. */
  first?: T | undefined
  subscribe(ring: (bell: { seq: number }) => void): () => void
  pull(): Promise<T>
}

/**
 * Keeps one resource of Go's current. Doorbells carry no data: each asks for a pull, pulls never overlap, rings during a
 * pull end in one more, and an answer older than the last one is dropped (events can arrive out of order). What an answer leaves as it was
 * stays the same object.
 */
export function createResource<T extends { seq: number }>(source: Source<T>): Resource<T> {
  const { first } = source
  const store = createStore<Loaded<T>>(() =>
    first ? { status: 'ready', value: first, failure: null } : { status: 'loading' },
  )
  let run: symbol | null = null // which start() is current; an answer to an earlier one is dropped
  let pulling = false
  let again = false
  let fresh = first !== undefined

  const seq = () => {
    const now = store.getState()
    return now.status === 'ready' ? now.value.seq : -1
  }

  const pull = () => {
    if (pulling) {
      again = true
      return
    }
    pulling = true
    const mine = run
    const kept = source.pull().then(
      (value) => {
        if (mine === run && value.seq >= seq()) store.setState(came(store.getState(), value), true)
      },
      (thrown: unknown) => {
        if (mine === run) store.setState(failed(store.getState(), toFailure(thrown)), true)
      },
    )
    void kept.finally(() => {
      pulling = false
      const more = again && run !== null
      again = false
      if (more) pull()
    })
  }

  return {
    store,
    pull,
    start() {
      const mine = Symbol('run')
      run = mine
      const stop = source.subscribe((bell) => {
        if (mine === run && bell.seq > seq()) pull()
      })
      if (fresh) fresh = false
      else pull()
      return () => {
        stop()
        if (mine === run) run = null
      }
    },
  }
}

function came<T>(now: Loaded<T>, value: T): Loaded<T> {
  return { status: 'ready', value: now.status === 'ready' ? shared(now.value, value) : value, failure: null }
}

function failed<T>(now: Loaded<T>, failure: Failure): Loaded<T> {
  return now.status === 'ready' ? { ...now, failure } : { status: 'failed', failure }
}
