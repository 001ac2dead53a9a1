import { useEffect, useState } from 'react'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useBackend } from '../../wails/context'
import type { Member, ObjectRef, ObjectText } from '../../wails/model'
import { refKey } from './refs'
import { useRead } from './useRead'
import { Waiting } from './Waiting'
import { Workbench } from './Workbench'
import css from './yaml.module.css'

export interface YamlProps {
  of: ObjectRef
  member: Member | undefined
  /** Changes when the object may have. */
  round: string
  /** Counts the wishes to edit. */
  edit: number
  onUnsaved: (unsaved: boolean) => void
  onSaved: () => void
}

/** The object's YAML: read, searched and folded, edited, reviewed and saved. */
export function YamlPart(props: YamlProps) {
  const { of, round } = props
  const { objects } = useBackend()
  const read = useRead(() => objects.text(of), refKey(of), round)
  const [saved, setSaved] = useState<ObjectText | null>(null)
  // What was just saved shows until it is read again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is what ends it
  useEffect(() => setSaved(null), [read.value])
  return (
    <div className={css.whole}>
      {read.failure && read.value !== null && <ErrorAlert failure={read.failure} />}
      {read.value === null ? (
        <div className={css.scroll}>
          <Waiting read={read} what="the YAML">
            {() => null}
          </Waiting>
        </div>
      ) : (
        <Workbench {...props} text={saved ?? read.value} onText={setSaved} />
      )}
    </div>
  )
}
