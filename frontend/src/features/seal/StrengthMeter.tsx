import styles from './StrengthMeter.module.css'
import type { Strength } from './strength'

const WORD = ['very weak', 'weak', 'fair', 'good', 'strong'] as const

/** How strong the passphrase is that is being typed, in words and as five bars. */
export function StrengthMeter({ strength }: { strength: Strength | null }) {
  const word = strength === null ? 'none yet' : WORD[strength.score]
  return (
    <div className={styles.meter} data-score={strength?.score ?? 'none'}>
      <meter className="visually-hidden" aria-label="Strength" min={0} max={4} value={strength?.score ?? 0}>
        {word}
      </meter>
      <div aria-hidden="true" className={styles.bars}>
        {WORD.map((step, i) => (
          <span key={step} className={strength !== null && i <= strength.score ? styles.full : styles.empty} />
        ))}
      </div>
      <p aria-live="polite" className={styles.words}>
        {strength === null
          ? 'Judged here as you type. Nothing is sent anywhere.'
          : `${capital(word)}. ${strength.advice}`}
      </p>
    </div>
  )
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
