// The identity providers of a test. Clusters take ten seconds to trust one, so each is started when a journey first wants it,
// and serves all that come after.

/** Answers a way to have one, by the rig's name for it. */
export function newIssuers(rig) {
  const started = new Map()
  return (name) => {
    if (!started.has(name)) started.set(name, start(rig, name))
    return started.get(name)
  }
}

async function start(rig, name) {
  const to = (op, more = {}) => rig.command('', op, { issuer: name, ...more })
  const { issuer } = await to('issuer', name === 'dex' ? { ldap: true, local: true } : {})
  await to('trust')
  return {
    ...issuer,
    /** Its name without the scheme, as the program calls it. */
    host: new URL(issuer.url).host,
    /** One command of the rig to it. */
    to,
    /** How often a kind of token was asked for. */
    grants: async (kind) => (await to('requests')).requests?.filter((r) => r.grant === kind).length ?? 0,
  }
}
