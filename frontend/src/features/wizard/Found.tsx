import { Spinner } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { EmptyView } from '../../ui/EmptyView'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useImport } from '../../wails/context'
import type { Import } from '../../wails/model'
import { SourceProblems } from './SourceProblems'

interface Props {
  ticket: string
  otherwise: (body: ReactNode, heading: string) => ReactNode
  sources: ReactNode
  children: (found: Import) => ReactNode
}

/** The import once it is read; before that, or when there is nothing in it, why, and the sources again. */
export function Found({ ticket, otherwise, sources, children }: Props) {
  const { state } = useImport(ticket)
  if (state.status === 'loading') return otherwise(<Spinner aria-label="Reading the kubeconfigs" />, 'Reading')
  const failure = state.failure
  if (state.status === 'failed' || failure?.code === 'notFound') {
    const body = (
      <>
        {failure && <ErrorAlert failure={failure} />}
        {sources}
      </>
    )
    return otherwise(body, 'Choose the source again')
  }
  if (state.value.candidates.length > 0) return children(state.value)
  return otherwise(
    <>
      <SourceProblems sources={state.value.sources} open />
      <EmptyView title="No contexts there">
        A kubeconfig names clusters and users in contexts. This one has none.
      </EmptyView>
      {sources}
    </>,
    'Choose another source',
  )
}
