import { Alert, Button } from '@patternfly/react-core'
import { useState } from 'react'
import { visibleLines } from '../../lib/visible'
import { Choice } from '../../ui/Choice'
import { Plain } from '../../ui/Plain'
import type { EditClash, ObjectPreview } from '../../wails/model'
import { withValue } from './settle'
import type { Draft } from './useEdit'
import css from './yaml.module.css'

type Keep = 'mine' | 'theirs'

interface Props {
  preview: ObjectPreview
  draft: Draft
  busy: boolean
  /** Goes on with the text in which the clashes are settled. */
  onSettled: (draft: Draft) => void
  /** Goes back to the editor, where the text is as it was. */
  onBack: () => void
}

/** The fields that the person and somebody else both changed: for each, whose value is to stay. */
export function Clashes({ preview, draft, busy, onSettled, onBack }: Props) {
  const [kept, setKept] = useState<ReadonlyMap<string, Keep>>(new Map())
  const { clashes } = preview
  const open = clashes.filter((one) => !kept.has(one.path)).length
  const settled = open === 0 ? settle(preview, draft, kept) : null
  const keep = (path: string, whose: Keep) => setKept((now) => new Map(now).set(path, whose))
  return (
    <section className={css.stage} aria-label="Changes that clash">
      <div className={css.bar}>
        <Button
          variant="primary"
          size="sm"
          isDisabled={settled === null || settled.stuck.length > 0 || busy}
          isLoading={busy}
          onClick={() => settled && onSettled(settled.draft)}
        >
          Review with these
        </Button>
        <Button variant="link" size="sm" onClick={onBack}>
          Go on editing
        </Button>
      </div>
      <div className={css.scroll}>
        <Alert component="p" variant="warning" isInline title="Somebody else changed the same fields meanwhile">
          {open > 0
            ? `Choose for ${open === 1 ? 'the last' : `each of ${open}`} whose value stays.`
            : 'All are chosen.'}
        </Alert>
        {settled !== null && settled.stuck.length > 0 && (
          <Alert component="p" variant="danger" isInline title="Their value can’t be put into your text by itself">
            Go on editing, and write it there: {settled.stuck.join(', ')}.
          </Alert>
        )}
        {clashes.map((clash) => (
          <Clash key={clash.path} clash={clash} kept={kept.get(clash.path) ?? ''} onKeep={keep} />
        ))}
      </div>
    </section>
  )
}

interface ClashProps {
  clash: EditClash
  kept: Keep | ''
  onKeep: (path: string, whose: Keep) => void
}

function Clash({ clash, kept, onKeep }: ClashProps) {
  return (
    <section className={css.clash} aria-label={clash.path}>
      <div className={css.clashHead}>
        <h3 className={css.path}>
          <Plain>{clash.path}</Plain>
        </h3>
        <Choice
          label={`Which value of ${clash.path} stays`}
          value={kept}
          options={[
            ['mine', 'Take mine'],
            ['theirs', 'Take theirs'],
          ]}
          onChange={(whose) => onKeep(clash.path, whose === 'mine' ? 'mine' : 'theirs')}
        />
      </div>
      <div className={css.values}>
        <Value title="Mine" text={clash.mine} chosen={kept === 'mine'} />
        <Value title="Theirs" text={clash.theirs} chosen={kept === 'theirs'} />
      </div>
    </section>
  )
}

function Value({ title, text, chosen }: { title: string; text: string; chosen: boolean }) {
  return (
    <figure className={css.value} data-chosen={chosen}>
      <figcaption className={css.subtle}>{title}</figcaption>
      {text === '' ? (
        <p className={css.subtle}>taken away</p>
      ) : (
        <pre className={css.text}>
          <bdi>{visibleLines(text)}</bdi>
        </pre>
      )}
    </figure>
  )
}

/** The person's text on what is there now, with the values that were chosen; `stuck` are the paths that have no place in it. */
function settle(preview: ObjectPreview, draft: Draft, kept: ReadonlyMap<string, Keep>) {
  const stuck: string[] = []
  let yaml = preview.merged || draft.yaml
  for (const clash of preview.clashes) {
    const value = kept.get(clash.path) === 'theirs' ? clash.theirs : clash.mine
    const next = withValue(yaml, clash.path, value)
    if (next === null) stuck.push(clash.path)
    else yaml = next
  }
  return { stuck, draft: { yaml, base: preview.before, version: preview.version } }
}
