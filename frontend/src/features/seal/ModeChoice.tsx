import { Checkbox, Radio } from '@patternfly/react-core'
import { useId } from 'react'
import styles from './ModeChoice.module.css'
import { CARRY_TEXT, type ChosenMode, MODE_TEXT, MODE_TITLE, type Plan } from './rules'

const MODES: ChosenMode[] = ['sealed', 'open']

interface Props {
  plan: Plan
  onChange: (plan: Plan) => void
  disabled: boolean
}

/** Sealed or open list, as two radios that say who can read what. */
export function ModeRadios({ plan, onChange, disabled }: Props) {
  const id = useId()
  return (
    <fieldset className={styles.choice} disabled={disabled}>
      <legend className={styles.legend}>How your view lies on the primary</legend>
      {MODES.map((mode) => (
        <Radio
          key={mode}
          id={`${id}-${mode}`}
          name={`${id}-mode`}
          className={styles.card ?? ''}
          label={mode === 'sealed' ? `${MODE_TITLE[mode]} (recommended)` : MODE_TITLE[mode]}
          description={MODE_TEXT[mode]}
          isChecked={plan.mode === mode}
          onChange={() => onChange({ ...plan, mode })}
        />
      ))}
    </fieldset>
  )
}

/** Whether the credentials travel with the view. */
export function CarryBox({ plan, onChange, disabled }: Props) {
  return (
    <Checkbox
      id={useId()}
      className={styles.card ?? ''}
      label="Carry my clusters’ credentials with the view"
      description={CARRY_TEXT[plan.carries ? 'on' : 'off']}
      isChecked={plan.carries}
      isDisabled={disabled}
      onChange={(_event, carries) => onChange({ ...plan, carries })}
    />
  )
}
