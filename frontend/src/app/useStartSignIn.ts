import { useCallback } from 'react'
import { useAct } from '../ui/act'
import { useBackend, useSession } from '../wails/context'
import type { Member } from '../wails/model'

/** Begins the sign-in of a member: in the browser, or by a code where the provider has nothing else. */
export function useStartSignIn(): (member: Member) => void {
  const backend = useBackend()
  const act = useAct()
  const signIns = useSession((s) => s.signIns)
  return useCallback(
    (member) => {
      const known = signIns.find((s) => s.key === member.signIn)
      const device = known !== undefined && !known.browser
      act(() => backend.startSignIn({ memberID: member.id, ticket: '', index: 0 }, { device }))
    },
    [act, backend, signIns],
  )
}
