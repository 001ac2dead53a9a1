import { EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core'
import type { ComponentType, ReactNode } from 'react'

interface Props {
  title: string
  icon?: ComponentType
  level?: 'h1' | 'h2' | 'h3'
  actions?: ReactNode
  children: ReactNode
}

/** Nothing to show: why, and what to do about it. */
export function EmptyView({ title, icon, level = 'h2', actions, children }: Props) {
  return (
    <EmptyState titleText={title} headingLevel={level} {...(icon ? { icon } : {})}>
      <EmptyStateBody>{children}</EmptyStateBody>
      {actions && (
        <EmptyStateFooter>
          <EmptyStateActions>{actions}</EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  )
}
