import { useId } from 'react'
import css from './Choice.module.css'

interface Props {
  label: string
  value: string
  options: [value: string, title: string][]
  onChange: (value: string) => void
}

/** One of a few, side by side. */
export function Choice({ label, value, options, onChange }: Props) {
  const name = useId()
  return (
    <div role="radiogroup" aria-label={label} className={css.group}>
      {options.map(([one, title]) => (
        <label key={one} className={css.option}>
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={value === one}
            onChange={() => onChange(one)}
          />
          {title}
        </label>
      ))}
    </div>
  )
}
