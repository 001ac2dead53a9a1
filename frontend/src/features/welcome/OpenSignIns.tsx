import { useSession } from '../../wails/context'
import { SignInCard } from '../signin/SignInCard'
import { needsPerson, subjectOf, underWay } from '../signin/words'

/** The sign-ins that a login waits for, where there is no header yet to show them. */
export function OpenSignIns() {
  const all = useSession((s) => s.signIns)
  return all
    .filter((s) => needsPerson(s) || underWay(s))
    .map((s) => <SignInCard key={s.key} signIn={s} subject={subjectOf(s)} />)
}
