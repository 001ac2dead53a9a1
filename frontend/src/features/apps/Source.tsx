import CodeBranchIcon from '@patternfly/react-icons/dist/esm/icons/code-branch-icon'
import CogsIcon from '@patternfly/react-icons/dist/esm/icons/cogs-icon'
import DharmachakraIcon from '@patternfly/react-icons/dist/esm/icons/dharmachakra-icon'
import SyncIcon from '@patternfly/react-icons/dist/esm/icons/sync-alt-icon'
import TagIcon from '@patternfly/react-icons/dist/esm/icons/tag-icon'
import type { ComponentType } from 'react'
import type { AppSource } from '../../wails/model'
import css from './AppTable.module.css'
import { SOURCE_WORDS } from './rows'

const ICONS: Record<AppSource, ComponentType> = {
  helm: DharmachakraIcon,
  operator: CogsIcon,
  labels: TagIcon,
  argo: CodeBranchIcon,
  flux: SyncIcon,
}

/** What knows of an application. */
export function Source({ source }: { source: AppSource }) {
  const Icon = ICONS[source]
  return (
    <span className={css.source}>
      <span className={css.sourceIcon} aria-hidden="true">
        <Icon />
      </span>
      {SOURCE_WORDS[source]}
    </span>
  )
}
