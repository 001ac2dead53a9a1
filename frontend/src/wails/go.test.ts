import { afterEach, describe, expect, it, vi } from 'vitest'
import { goBackend } from './go'

afterEach(() => {
  vi.unstubAllGlobals()
  delete window.go
  delete window.runtime
})

function bind(method: string, run: (...args: unknown[]) => Promise<unknown>) {
  window.go = { main: { App: { [method]: run } } }
}

describe('goBackend', () => {
  it('calls the bound method of that name with its arguments', async () => {
    const run = vi.fn(async () => undefined)
    bind('SwitchMembers', run)
    await goBackend.switchMembers(['m1'], true)
    expect(run).toHaveBeenCalledWith(['m1'], true)
  })

  it.each([
    ['an envelope', { code: 'denied', message: 'No.', hint: 'Ask.' }],
    ['an envelope as text', JSON.stringify({ code: 'denied', message: 'No.', hint: 'Ask.' })],
  ])('rejects with the failure of %s', async (_, thrown) => {
    bind('Retry', () => Promise.reject(thrown))
    await expect(goBackend.retry(['m1'])).rejects.toEqual({ code: 'denied', message: 'No.', hint: 'Ask.' })
  })

  it.each([['a plain text'], [new Error('boom with a token abc')], [undefined], [{ code: 'strange', message: 'x' }]])(
    'makes an internal failure of %s and shows none of it',
    async (thrown) => {
      bind('Retry', () => Promise.reject(thrown))
      await expect(goBackend.retry([])).rejects.toMatchObject({
        code: 'internal',
        message: 'Something went wrong inside Binnacle.',
      })
    },
  )

  it('fails, and does not hang, when a method is not bound', async () => {
    await expect(goBackend.syncNow()).rejects.toMatchObject({ code: 'internal' })
  })

  it('sends secrets as a request body, never as an argument', async () => {
    const fetched = vi.fn(async (_path: string, _init?: RequestInit) => new Response('{"ticket":"t1"}'))
    vi.stubGlobal('fetch', fetched)
    await expect(goBackend.importText('apiVersion: v1')).resolves.toBe('t1')
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/import')
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: 'apiVersion: v1' })
  })

  it('rejects with the failure that a status of 400 or more carries', async () => {
    const body = JSON.stringify({ code: 'passphrase', message: 'That is not it.' })
    vi.stubGlobal('fetch', async () => new Response(body, { status: 422 }))
    const asked = goBackend.seal({ action: 'unlock', mode: '', passphrase: 'x', old: '', carry: false })
    await expect(asked).rejects.toEqual({ code: 'passphrase', message: 'That is not it.' })
  })

  it('puts ids into a path safely', async () => {
    const fetched = vi.fn(async (_path: string) => new Response('text'))
    vi.stubGlobal('fetch', fetched)
    await goBackend.memberDiagnostics('../x y')
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/members/..%2Fx%20y/diagnostics')
  })

  it('hears events through the runtime', () => {
    const stop = vi.fn()
    const events = vi.fn(() => stop)
    window.runtime = { EventsOn: events, ClipboardSetText: vi.fn(async () => true) }
    const ring = vi.fn()
    goBackend.on('fleet', ring)()
    expect(events).toHaveBeenCalledWith('fleet', ring)
    expect(stop).toHaveBeenCalled()
  })
})
