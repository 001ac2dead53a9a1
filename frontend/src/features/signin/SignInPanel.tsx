import { Drawer } from '../../ui/Drawer'
import { useSession } from '../../wails/context'
import css from './SignIn.module.css'
import { SignInCard } from './SignInCard'
import { subjectOf } from './words'

/** Every session with an identity provider; those that need the person come first, as Go orders them. */
export function SignInPanel({ onClose }: { onClose: () => void }) {
  const all = useSession((s) => s.signIns)
  return (
    <Drawer label="Sign-ins" title="Sign-ins" over onClose={onClose}>
      <p className={css.subtle}>
        One sign-in serves every cluster that uses the same provider in the same way. Nothing opens a browser but you.
      </p>
      {all.length === 0 && <p>No cluster of your view signs in with an identity provider.</p>}
      <ul className={css.list}>
        {all.map((s) => (
          <li key={s.key}>
            <SignInCard signIn={s} subject={subjectOf(s)} leave />
          </li>
        ))}
      </ul>
    </Drawer>
  )
}
