import { Button } from '@patternfly/react-core'
import ArrowDownIcon from '@patternfly/react-icons/dist/esm/icons/arrow-down-icon'
import CompressIcon from '@patternfly/react-icons/dist/esm/icons/compress-icon'
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon'
import ExpandIcon from '@patternfly/react-icons/dist/esm/icons/expand-icon'
import PauseIcon from '@patternfly/react-icons/dist/esm/icons/pause-icon'
import PlayIcon from '@patternfly/react-icons/dist/esm/icons/play-icon'
import TimesIcon from '@patternfly/react-icons/dist/esm/icons/times-icon'
import type { ReactNode } from 'react'
import type { MenuItem } from '../../ui/ActionMenu'
import { MenuButton } from '../../ui/MenuButton'
import type { LogLevel } from '../../wails/model'
import css from './LogsDock.module.css'
import type { TimeForm } from './stamp'
import { Toggle } from './Toggle'

/** How the lines are shown; none of it changes which lines show. */
export interface Look {
  wrap: boolean
  time: TimeForm
  sources: boolean
  whole: boolean
}

interface Props {
  look: Look
  onLook: (change: Partial<Look>) => void
  levels: readonly LogLevel[]
  onLevels: (levels: LogLevel[]) => void
  containers: readonly string[]
  container: string
  onContainer: (container: string) => void
  sources: number
  following: boolean
  paused: boolean
  onFollow: () => void
  onPause: () => void
  /** The rarer things. */
  more: () => MenuItem[]
  onClose: () => void
  children: ReactNode
}

const LEVELS: [LogLevel, string][] = [
  ['error', 'Errors'],
  ['warning', 'Warnings'],
  ['info', 'Information'],
  ['debug', 'Debug'],
  ['unknown', 'Without a level'],
]

const TIMES: [TimeForm, string][] = [
  ['local', 'Local time'],
  ['utc', 'UTC'],
  ['relative', 'How long ago'],
  ['none', 'No time'],
]

/** Search (the children), filters and the ways to look at a log. */
export function Toolbar(props: Props) {
  const { look, onLook, following, paused } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fields of a form
    <div role="group" aria-label="What of the logs shows" className={css.bar}>
      {props.children}
      <MenuButton label={`Levels${counted(props.levels)}`} variant="plain" items={() => levelItems(props)}>
        Levels{counted(props.levels)}
      </MenuButton>
      {(props.containers.length > 1 || props.container !== '') && (
        <MenuButton
          label={props.container ? `Container: ${props.container}` : 'All containers'}
          variant="plain"
          items={() =>
            ['', ...props.containers].map((one) => ({
              id: one,
              title: one || 'All containers',
              checked: one === props.container,
              run: () => props.onContainer(one),
            }))
          }
        >
          {props.container || 'All containers'}
        </MenuButton>
      )}
      <Toggle label="Show the sources" on={look.sources} onToggle={() => onLook({ sources: !look.sources })}>
        Sources ({props.sources})
      </Toggle>
      <span className={css.gap} />
      <Toggle label="Follow the end" on={following && !paused} icon={<ArrowDownIcon />} onToggle={props.onFollow} />
      <Toggle label="Pause" on={paused} icon={paused ? <PlayIcon /> : <PauseIcon />} onToggle={props.onPause} />
      <Toggle label="Wrap lines" on={look.wrap} onToggle={() => onLook({ wrap: !look.wrap })}>
        Wrap
      </Toggle>
      <MenuButton
        label="Time"
        variant="plain"
        items={() =>
          TIMES.map(([time, title]) => ({
            id: time,
            title,
            checked: look.time === time,
            run: () => onLook({ time }),
          }))
        }
      >
        Time
      </MenuButton>
      <MenuButton label="More for these logs" variant="plain" icon={<EllipsisVIcon />} items={props.more} />
      <Toggle
        label={look.whole ? 'Make the logs smaller' : 'Make the logs larger'}
        on={look.whole}
        icon={look.whole ? <CompressIcon /> : <ExpandIcon />}
        onToggle={() => onLook({ whole: !look.whole })}
      />
      <Button variant="plain" size="sm" aria-label="Close the logs" icon={<TimesIcon />} onClick={props.onClose} />
    </div>
  )
}

function counted(levels: readonly LogLevel[]): string {
  return levels.length > 0 ? ` (${levels.length})` : ''
}

function levelItems({ levels, onLevels }: Props): MenuItem[] {
  return LEVELS.map(([level, title]) => ({
    id: level,
    title,
    checked: levels.includes(level),
    run: () => onLevels(levels.includes(level) ? levels.filter((one) => one !== level) : [...levels, level]),
  }))
}
