import css from './ColorDot.module.css'

/** The colours that a member can have, as Go's bridge.Colors; '' is none. */
export const COLORS = ['blue', 'teal', 'green', 'orange', 'purple', 'red', 'orangered', 'grey', 'yellow'] as const

/** A member's colour; decoration, for its name stands beside it. */
export function ColorDot({ color }: { color: string }) {
  return <span aria-hidden="true" className={css.dot} data-color={color} />
}

/** The class of text with the dot of its data-color before it, for where there is too much text for an element each. */
export const dotted = css.dotted ?? ''

/** Chooses a colour or none. */
export function ColorPicker({ value, onChange }: { value: string; onChange: (color: string) => void }) {
  return (
    <div role="radiogroup" aria-label="Colour" className={css.picker}>
      {['', ...COLORS].map((color) => (
        <label key={color} className={css.choice}>
          <input
            type="radio"
            name="color"
            className="visually-hidden"
            aria-label={color === '' ? 'No colour' : color}
            checked={value === color}
            onChange={() => onChange(color)}
          />
          <ColorDot color={color} />
        </label>
      ))}
    </div>
  )
}
