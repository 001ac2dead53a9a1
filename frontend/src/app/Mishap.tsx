import { Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core'
import { Component, type ReactNode } from 'react'

/** Catches what a screen could not show, so that one mistake of ours doesn't leave the window blank. */
export class Mishap extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <main>
        <EmptyState titleText="This screen could not be shown" headingLevel="h1" status="danger">
          <EmptyStateBody>
            That is a mistake in Binnacle. Nothing was lost: your clusters and credentials are as they were.
          </EmptyStateBody>
          <EmptyStateFooter>
            <EmptyStateActions>
              <Button onClick={() => location.reload()}>Show it again</Button>
            </EmptyStateActions>
          </EmptyStateFooter>
        </EmptyState>
      </main>
    )
  }
}
