import { Button } from '@patternfly/react-core'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useBackend } from '../../wails/context'
import type { Question } from '../../wails/model'
import css from './Sync.module.css'

/** What stopped the sync, and the ways on. */
export function QuestionBox({ question }: { question: Question }) {
  const backend = useBackend()
  const { busy, failure, submit } = useSubmit()
  return (
    <section className={css.box} aria-labelledby="question">
      <h3 id="question">{question.title}</h3>
      <p>{question.text}</p>
      {failure && <ErrorAlert failure={failure} />}
      <div className={css.choices}>
        {question.choices.map((choice) => (
          <Button
            key={choice.id}
            variant="secondary"
            size="sm"
            isDanger={choice.danger}
            isDisabled={busy}
            onClick={() => submit(() => backend.answer(question.id, choice.id))}
          >
            {choice.label}
          </Button>
        ))}
      </div>
    </section>
  )
}
