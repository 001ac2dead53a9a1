// The provider's settings: strict where the specifications let it be, with lifetimes and people that a test may change.
import { randomBytes } from 'node:crypto'
import { Provider } from 'oidc-provider'
import * as pages from './pages.mjs'

/** `state` is what may change while it runs: { life: { idToken, refresh, device } in seconds, users: [...] }. */
export function makeProvider({ issuer, clients, jwks }, Store, state) {
  const provider = new Provider(issuer, {
    adapter: Store,
    clients,
    jwks,
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'offline_access', 'email', 'profile', 'groups'],
    conformIdTokenClaims: false, // an API server reads the ID token only
    pkce: { required: () => true },
    rotateRefreshToken: () => true,
    ttl: {
      IdToken: () => state.life.idToken,
      AccessToken: () => state.life.idToken,
      RefreshToken: () => state.life.refresh,
      DeviceCode: () => state.life.device,
      Grant: 86_400,
      Session: 86_400,
      Interaction: 3600,
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: async (ctx, form, _out, err) => {
          ctx.body = pages.deviceCode(form, Boolean(err))
        },
        userCodeConfirmSource: async (ctx, form, client, _device, code) => {
          ctx.body = pages.deviceConfirm(form, client.clientName, code)
        },
        successSource: async (ctx) => {
          ctx.body = pages.deviceDone()
        },
      },
    },
    findAccount: (_ctx, id) => {
      const user = state.users.find((known) => known.name === id)
      if (!user) return undefined // who isn't there any more can't refresh either
      const claims = { sub: id, name: id, email: user.email, email_verified: true, groups: user.groups ?? [] }
      return { accountId: id, claims: async () => claims }
    },
  })
  provider.proxy = true // TLS ends in front of us
  for (const event of ['server_error', 'authorization.error', 'grant.error', 'revocation.error']) {
    provider.on(event, (_ctx, err) =>
      console.error(event, err.message, err.error_description ?? '', err.error_detail ?? ''),
    )
  }
  return provider
}

/** Answers /interaction/…: signs the person in and asks for consent. */
export async function interact(provider, state, req, res, form) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(req, res)
  const finish = (result, mergeWithLastSubmission) =>
    provider.interactionFinished(req, res, result, { mergeWithLastSubmission })
  const show = (html) => res.setHeader('content-type', 'text/html; charset=utf-8').end(html)
  if (form?.get('approval') === 'rejected') {
    return finish({ error: 'access_denied', error_description: 'The person said no.' }, false)
  }
  if (prompt.name === 'login') {
    if (!form) return show(pages.login(false))
    const user = state.users.find(
      (known) => known.name === form.get('login') && known.password === form.get('password'),
    )
    return user ? finish({ login: { accountId: user.name } }, false) : show(pages.login(true))
  }
  if (!form) {
    const client = await provider.Client.find(params.client_id)
    return show(pages.consent(client.clientName, params.scope.split(' ')))
  }
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id })
  grant.addOIDCScope(prompt.details.missingOIDCScope?.join(' ') ?? '')
  grant.addOIDCClaims(prompt.details.missingOIDCClaims ?? [])
  return finish({ consent: { grantId: await grant.save() } }, true)
}
