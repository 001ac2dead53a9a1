import { useReducer } from 'react'
import { AddSteps } from './AddSteps'
import { ImportWizard } from './ImportWizard'
import { noPicks, reducePicks } from './picks'

interface Props {
  /** An import that is there already (a drop on the window); '' or none starts at the source. */
  ticket?: string
  onClose: () => void
}

/** The wizard that adds clusters to the view: source, contexts, sign-in, names, test. Each step remembers what was done in it. */
export function AddClusters({ ticket = '', onClose }: Props) {
  const [picks, dispatch] = useReducer(reducePicks, noPicks)
  return (
    <ImportWizard
      title="Add clusters"
      heading="Which clusters do you want to add?"
      ids={['source', 'pick', 'name', 'test']}
      ticket={ticket}
      afterWay="access"
      entered={() => picks.selected.length > 0 || Object.keys(picks.drafts).length > 0}
      onReset={() => dispatch({ type: 'reset' })}
      onClose={onClose}
    >
      {(parts) => <AddSteps {...parts} picks={picks} dispatch={dispatch} onConnected={onClose} />}
    </ImportWizard>
  )
}
