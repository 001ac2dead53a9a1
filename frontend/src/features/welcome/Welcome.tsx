import { useEffect, useReducer, useRef, useState } from 'react'
import { assertNever } from '../../lib/assertNever'
import { useBackend, useSession } from '../../wails/context'
import { onOpenImport } from '../../wails/stores/imports'
import { useAddress } from '../address/useAddress'
import { noPicks, reducePicks } from '../wizard/picks'
import { ChooseSeal } from './ChooseSeal'
import { Connecting } from './Connecting'
import { KeychainNotice } from './KeychainNotice'
import { PickPrimary } from './PickPrimary'
import { Stage } from './Stage'
import { Start } from './Start'
import { Unlock } from './Unlock'
import { useLogin } from './useLogin'

/**
 * Everything before the view shows: which cluster, logging in, sealed or open list, the passphrase. What was picked stays
 * here through a login that fails, so that the next try doesn't begin from nothing.
 */
export function Welcome() {
  const backend = useBackend()
  const phase = useSession((session) => session.phase)
  const login = useLogin()
  const [ticket, setTicket] = useState('')
  const [primary, setPrimary] = useState<number | null>(null)
  const address = useAddress()
  const [byWay, setByWay] = useState(false)
  const [others, dispatch] = useReducer(reducePicks, noPicks)

  const take = (next: string, way = false) => {
    // An import that can't be dropped ends by itself after some minutes.
    if (ticket !== '' && ticket !== next) backend.cancelImport(ticket).catch(() => undefined)
    setPrimary(null)
    dispatch({ type: 'reset' })
    setTicket(next)
    setByWay(way)
    login.clear()
  }
  // Dropped files count while it is asked where to log in, not in the middle of a login.
  useEffect(() =>
    onOpenImport(backend, (dropped) => {
      if (phase === 'welcome') take(dropped)
    }),
  )

  // What was given before the page listened: the program was started with a file.
  const offered = useSession((session) => session.offered)
  const opened = useRef('')
  useEffect(() => {
    if (phase !== 'welcome' || offered === '' || offered === opened.current) return
    opened.current = offered
    take(offered)
  })

  switch (phase) {
    case 'welcome':
      return (
        <Stage wide={ticket !== '' && !byWay}>
          <KeychainNotice />
          {ticket === '' ? (
            <Start login={login} address={address} onTicket={take} />
          ) : (
            <PickPrimary
              key={ticket}
              ticket={ticket}
              login={login}
              primary={primary}
              others={others}
              address={address}
              byWay={byWay}
              onPrimary={setPrimary}
              dispatch={dispatch}
              onTicket={take}
              onBack={() => take('')}
            />
          )}
        </Stage>
      )
    case 'connecting':
      return (
        <Stage>
          <KeychainNotice />
          <Connecting onCancel={login.cancel} />
        </Stage>
      )
    case 'choose':
      return (
        <Stage>
          <ChooseSeal />
        </Stage>
      )
    case 'locked':
      return (
        <Stage>
          <Unlock />
        </Stage>
      )
    case 'ready':
      return null
    default:
      return assertNever(phase)
  }
}
