import { Radio } from '@patternfly/react-core'
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import { useId } from 'react'
import { Plain } from '../../ui/Plain'
import type { Way } from '../../wails/model'
import css from './Address.module.css'
import { choosable } from './address'

interface Props {
  ways: readonly Way[]
  chosen: string
  onChoose: (id: string) => void
}

/** The ways in, one of which is chosen; one that can't be used says why. */
export function Ways({ ways, chosen, onChoose }: Props) {
  const id = useId()
  return (
    <fieldset className={css.group}>
      <legend>How do you sign in?</legend>
      {ways.length === 0 && (
        <p>No way to sign in was found. Name the identity provider below, or import a kubeconfig.</p>
      )}
      {ways.map((way) => (
        <Radio
          key={way.id}
          id={`${id}-${way.id}`}
          name={id}
          label={<Plain>{way.title}</Plain>}
          description={<About way={way} />}
          isDisabled={!choosable(way)}
          isChecked={way.id === chosen}
          onChange={() => onChoose(way.id)}
        />
      ))}
    </fieldset>
  )
}

function About({ way }: { way: Way }) {
  const facts = [way.from, way.issuer].filter(Boolean)
  return (
    <>
      {facts.length > 0 && <Plain>{facts.join(' · ')}</Plain>}
      {way.warning !== '' && (
        <span className={css.warning}>
          <ExclamationTriangleIcon aria-hidden="true" /> <Plain>{way.warning}</Plain>
        </span>
      )}
      {way.problem !== '' && (
        <span className={css.error}>
          <Plain>{way.problem}</Plain>
        </span>
      )}
    </>
  )
}
