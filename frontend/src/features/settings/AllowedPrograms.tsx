import { Button, Skeleton } from '@patternfly/react-core'
import { useCallback, useEffect, useState } from 'react'
import { visible } from '../../lib/visible'
import { Age } from '../../ui/Age'
import { useSubmit } from '../../ui/act'
import { Copyable } from '../../ui/Copyable'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { Plain } from '../../ui/Plain'
import { useBackend } from '../../wails/context'
import type { AllowedProgram } from '../../wails/model'
import css from './Settings.module.css'

/** The programs that may run for credentials, each with its way back. */
export function AllowedPrograms() {
  const backend = useBackend()
  const [programs, setPrograms] = useState<AllowedProgram[] | null>(null)
  const { failure, submit } = useSubmit()
  const read = useCallback(() => submit(async () => setPrograms(await backend.allowedPrograms())), [backend, submit])
  useEffect(() => {
    const stop = backend.on('program', read)
    read()
    return stop
  }, [backend, read])

  const disallow = (id: string) =>
    submit(async () => {
      await backend.disallowProgram(id)
      setPrograms(await backend.allowedPrograms())
    })

  if (failure) {
    const again = (
      <Button variant="link" isInline onClick={read}>
        Try again
      </Button>
    )
    return <ErrorAlert failure={failure} action={again} />
  }
  if (programs === null) return <Skeleton screenreaderText="Reading the allowed programs" />
  if (programs.length === 0) {
    return (
      <p className={css.hint}>
        None. A credential that needs a program asks you first, and what you allow is listed here.
      </p>
    )
  }
  return (
    <ul className={css.programs} aria-label="Allowed programs">
      {programs.map((p) => (
        <li key={p.id} className={css.row}>
          <div className={css.words}>
            <Plain>{p.path}</Plain>
            <span className={css.hint}>
              {p.server !== '' && (
                <>
                  for <Plain>{p.server}</Plain>,{' '}
                </>
              )}
              allowed <Age at={p.allowedAt} />
            </span>
            <span className={css.hint}>
              <Copyable
                text={p.hash}
                short={`SHA-256 ${p.hash.slice(0, 16)}…`}
                what={`SHA-256 of ${visible(p.path)}`}
                mono
              />
            </span>
          </div>
          <Button
            variant="secondary"
            aria-label={`Don’t allow any more: ${visible(p.path)}${p.server === '' ? '' : ` for ${visible(p.server)}`}`}
            onClick={() => disallow(p.id)}
          >
            Don’t allow any more
          </Button>
        </li>
      ))}
    </ul>
  )
}
