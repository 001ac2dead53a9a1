import { labelTexts } from '../lib/labels'
import css from './LabelChips.module.css'

/** Labels on one line, as many as `most`; the rest is a number with a title. */
export function LabelChips({
  labels,
  most = Number.POSITIVE_INFINITY,
}: {
  labels: Record<string, string>
  most?: number
}) {
  const texts = labelTexts(labels)
  if (texts.length === 0) return null
  const rest = texts.slice(most)
  return (
    <span className={css.line} data-one={Number.isFinite(most)}>
      {texts.slice(0, most).map((text) => (
        <span key={text} className={css.chip} title={text}>
          {text}
        </span>
      ))}
      {rest.length > 0 && (
        <span className={css.rest} title={rest.join('\n')}>
          +{rest.length}
        </span>
      )}
    </span>
  )
}
