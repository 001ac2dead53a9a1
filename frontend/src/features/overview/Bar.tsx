import type { Tone } from '../../wails/model'
import css from './Counts.module.css'

interface Segment {
  label: string
  tone: Tone
  rows: number
}

/** Numbers in proportion. What it shows stands beside it in words. */
export function Bar({ segments }: { segments: readonly Segment[] }) {
  return (
    <div className={css.bar} aria-hidden="true">
      {segments.map(({ label, tone, rows }) => (
        <span key={label} className={css.segment} data-tone={tone} style={{ flexGrow: rows }} />
      ))}
    </div>
  )
}
