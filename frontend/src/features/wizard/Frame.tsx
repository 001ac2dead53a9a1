import { type ReactNode, useEffect, useRef, useState } from 'react'
import { FooterSlot } from '../../ui/FooterSlot'
import css from './Frame.module.css'

export interface Step<Id extends string> {
  id: Id
  title: string
  /** False: it can't be gone to yet. */
  open: boolean
}

interface Props<Id extends string> {
  title: string
  titleID: string
  steps: readonly Step<Id>[]
  step: Id
  /** The heading of this step; it gets the focus when the step begins. */
  heading: string
  onStep: (id: Id) => void
  footer: ReactNode
  children: ReactNode
}

/** The inside of a wizard: its steps above, the step's own part, its buttons and the wizard's below. Steps that were open stay open to go back to. */
export function Frame<Id extends string>({
  title,
  titleID,
  steps,
  step,
  heading,
  onStep,
  footer,
  children,
}: Props<Id>) {
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  return (
    <div className={css.frame}>
      <header className={css.header}>
        <h1 id={titleID} className={css.title}>
          {title}
        </h1>
        <nav aria-label="Steps">
          <ol className={css.steps}>
            {steps.map((s, i) => (
              <li key={s.id}>
                <button
                  type="button"
                  className={css.step}
                  disabled={!s.open}
                  aria-current={s.id === step ? 'step' : undefined}
                  onClick={() => onStep(s.id)}
                >
                  {i + 1}. {s.title}
                </button>
              </li>
            ))}
          </ol>
        </nav>
      </header>
      <div className={css.body}>
        <Heading key={step}>{heading}</Heading>
        <FooterSlot value={slot}>{children}</FooterSlot>
      </div>
      <footer className={css.footer}>
        <div ref={setSlot} className={css.slot} />
        {footer}
      </footer>
    </div>
  )
}

/** A heading that takes the focus when it appears, so that a screen reader says where one is. */
export function Heading({ level: Level = 'h2', children }: { level?: 'h1' | 'h2'; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <Level ref={heading} tabIndex={-1} data-heading className={css.heading}>
      {children}
    </Level>
  )
}
