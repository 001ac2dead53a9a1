import { useEffect, useRef } from 'react'
import { StateBadge } from '../../ui/StateBadge'
import { Toned } from '../../ui/Toned'
import { GROUP_TITLES, type Group, type Item } from './items'
import css from './Palette.module.css'

interface Props {
  id: string
  groups: readonly Group[]
  active: Item | undefined
  onActive: (id: string) => void
  onChoose: (item: Item) => void
}

/** The list below the input. The focus stays in the input; the active option is told to it. */
export function Options({ id, groups, active, onActive, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const current = active?.id
  useEffect(() => {
    const option = current && list.current?.querySelector('[aria-selected="true"]')
    if (option) option.scrollIntoView({ block: 'nearest' })
  }, [current])
  let index = 0
  return (
    <div ref={list} role="listbox" id={`${id}-list`} aria-label="Found" className={css.list}>
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
        <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}`}>
          <div id={`${id}-${group.id}`} role="presentation" className={css.group}>
            {GROUP_TITLES[group.id]}
          </div>
          {group.items.map((item) => (
            <Option
              key={item.id}
              id={`${id}-${index++}`}
              item={item}
              on={item.id === current}
              onActive={onActive}
              onChoose={onChoose}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

interface OptionProps extends Pick<Props, 'id' | 'onActive' | 'onChoose'> {
  item: Item
  on: boolean
}

function Option({ id, item, on, onActive, onChoose }: OptionProps) {
  const { title, detail, tag, mark, tone, state, refused } = item
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the input has the focus and its keys choose
    <div
      id={id}
      role="option"
      aria-selected={on}
      aria-disabled={refused ? true : undefined}
      aria-label={[title, detail, tag].filter(Boolean).join(', ')}
      className={css.option}
      onMouseMove={() => {
        if (!on) onActive(item.id)
      }}
      onClick={() => onChoose(item)}
    >
      {mark}
      <span className={css.title}>{title}</span> <span className={css.detail}>{detail}</span>{' '}
      {state ? (
        <StateBadge state={state} />
      ) : tone && tag ? (
        <Toned tone={tone}>{tag}</Toned>
      ) : (
        tag && <span className={css.tag}>{tag}</span>
      )}
    </div>
  )
}
