import type { Session } from '../wails/model'
import { FakeBackend } from './fakeBackend'
import { fleetOf, manyMembers, richMembers } from './fleetFixtures'
import { conflicts, MISSING_HINT, question, session } from './sessionFixtures'
import { richSignIns } from './signInFixtures'

/** The page's states for `vite` with ?fake=<variant>[&theme=dark][&density=compact]; '' is the rich one. */
export function fakeVariant(query: URLSearchParams): FakeBackend {
  const variant = query.get('fake') ?? ''
  const base = session({ signIns: richSignIns() })
  const settings = {
    theme: query.get('theme') ?? 'system',
    density: query.get('density') ?? 'comfortable',
    logLevel: 'info',
  }
  const members =
    variant === 'empty'
      ? []
      : variant === 'many'
        ? manyMembers(50)
        : variant === 'huge'
          ? manyMembers(400)
          : richMembers()
  return new FakeBackend({
    delay: 120,
    fleet: fleetOf(members),
    session: { ...base, ...changes(variant, base), settings },
  })
}

function changes(variant: string, base: Session): Partial<Session> {
  const at = Date.now()
  switch (variant) {
    case 'welcome':
      return { phase: 'welcome', primary: null }
    case 'first':
      return { phase: 'welcome', primary: null, known: [], signIns: [] }
    case 'connecting':
      return { phase: 'connecting', primary: null, loginStep: 'Asking harbour who you are' }
    case 'choose':
      return { phase: 'choose' }
    case 'locked':
      return { phase: 'locked' }
    case 'conflicts':
      return { sync: { ...base.sync, state: 'conflict', conflicts: conflicts() } }
    case 'question':
      return { sync: { ...base.sync, state: 'asking', question: question() } }
    case 'local':
      return {
        sync: {
          ...base.sync,
          state: 'local',
          since: at - 1_800_000,
          why: 'harbour does not answer. Your edits are kept on this machine and are saved there when it is back.',
        },
      }
    case 'waiting':
      return { keychain: { state: 'waiting', hint: 'Answer the prompt of your desktop’s keyring.' } }
    case 'missing':
      return { keychain: { state: 'missing', hint: MISSING_HINT } }
    case 'memory':
      return { keychain: { state: 'memory', hint: 'Secrets are kept in memory and are gone when Binnacle ends.' } }
    case 'undo':
      return { undo: { id: 'u1', text: 'Removed slipway from your view.', until: at + 3_600_000 } }
    default:
      return {}
  }
}
