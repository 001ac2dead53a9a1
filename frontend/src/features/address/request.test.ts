import { describe, expect, it } from 'vitest'
import { authority, lookup, tokenWay, way } from '../../test/lookupFixtures'
import type { Lookup, Way } from '../../wails/model'
import { type Address, addressOf, chosenWay, isTrusted, missing, trusting } from './address'
import { checkDraft, draftOf, requestOf, type WayDraft } from './request'

const named = { ...authority, names: ['a', 'b'] }
const oidc = way('w1')
const none = { trust: '', trustIssuer: '', tlsName: '', clientSecret: '', token: '' }

describe('what a way asks for', () => {
  it.each<[string, Partial<WayDraft>, (keyof WayDraft)[]]>([
    ['nothing more when all was found', {}, []],
    ['a client ID', { clientID: '  ' }, ['clientID']],
    ['ports that are ports', { redirects: '8000, 70000' }, ['redirects']],
    ['parameters with a key', { params: 'prompt=login\n=x' }, ['params']],
  ])('%s', (_, change, wrong) => {
    expect(Object.keys(checkDraft(oidc, { ...draftOf(oidc), ...change }))).toEqual(wrong)
  })

  it('nothing of what is OIDC’s, for a token', () => {
    expect(checkDraft(tokenWay, draftOf(tokenWay))).toEqual({})
  })

  it('becomes a request', () => {
    const draft = {
      ...draftOf(oidc),
      scopes: 'openid, groups  email',
      params: 'prompt=login\nhd=a=b',
      redirects: '8000 18000',
      audience: ' api ',
    }
    expect(requestOf(oidc, draft, { ...none, trust: 'ff', clientSecret: 's' })).toEqual({
      way: 'w1',
      trust: 'ff',
      trustIssuer: '',
      tlsName: '',
      name: '',
      clientID: 'binnacle',
      clientSecret: 's',
      scopes: ['openid', 'groups', 'email'],
      params: { prompt: 'login', hd: 'a=b' },
      audience: 'api',
      connector: '',
      nameClaim: '',
      redirects: [8000, 18000],
      redirectHost: '',
      device: false,
      token: '',
    })
  })

  it('takes a parameter’s name as it is', () => {
    const { params } = requestOf(oidc, { ...draftOf(oidc), params: '__proto__=x' }, none)
    expect(Object.entries(params)).toEqual([['__proto__', 'x']])
  })
})

describe('an address', () => {
  it('begins with the first way that can be used', () => {
    const ways = [way('a', { problem: 'down' }), way('b'), way('c')]
    expect(chosenWay(addressOf('t'), ways)?.id).toBe('b')
    expect(chosenWay({ ...addressOf('t'), way: 'c' }, ways)?.id).toBe('c')
    expect(chosenWay({ ...addressOf('t'), way: 'a' }, ways)?.id).toBe('b')
  })

  it('wants another certificate trusted anew', () => {
    const after = trusting(addressOf('t'), authority, true)
    expect(isTrusted(after, authority)).toBe(true)
    expect(isTrusted(after, { ...authority, fingerprint: '00' })).toBe(false)
    expect(isTrusted(trusting(after, authority, false), authority)).toBe(false)
    expect(isTrusted(addressOf('t'), null)).toBe(true)
  })

  it.each<[string, Partial<Address>, Partial<Lookup>, Partial<Way>]>([
    ['', {}, { certificate: null }, {}],
    ['First decide whether you trust the certificate.', {}, {}, {}],
    ['First choose the name to expect.', { trusted: [authority.fingerprint] }, { certificate: named }, {}],
    ['', { trusted: [authority.fingerprint], tlsName: 'b' }, { certificate: named }, {}],
    ['First decide whether you trust the provider’s certificate.', {}, { certificate: null }, { certificate: named }],
    ['This provider can’t be used yet.', {}, { certificate: null }, { problem: 'It is down.' }],
  ])('says what is missing: %s', (words, address, found, over) => {
    expect(missing({ ...addressOf('t'), ...address }, lookup('t', found), way('w1', over))).toBe(words)
  })
})
