import type { ComponentChildren, VNode } from 'preact'
import { useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import type { PartName } from './settings-drafts.js'

/** What {@link FoldedPart} shows. */
export interface FoldedPartProps {
  readonly site: string
  readonly part: PartName
  readonly title: string
  readonly children: ComponentChildren
}

/** A part of a site's settings under its heading, which opens it. What was typed in it stays in it while it is shut, and is in sight where it stayed from before. */
export function FoldedPart({ site, part, title, children }: FoldedPartProps): VNode {
  const { settingsDrafts } = useConsole()
  const [isOpen, setOpen] = useState(() => settingsDrafts.get(site, part) !== undefined)
  const [wasOpen, setWasOpen] = useState(isOpen)
  const toggle = (): void => {
    setOpen(!isOpen)
    setWasOpen(true)
  }
  return (
    <section data-part="settings-part" aria-labelledby={`${part}-title`}>
      <h3>
        <button type="button" id={`${part}-title`} data-part="fold" aria-expanded={isOpen} aria-controls={`${part}-part`} onClick={toggle}>
          {title}
        </button>
      </h3>
      <div id={`${part}-part`} hidden={!isOpen}>
        {wasOpen ? children : null}
      </div>
    </section>
  )
}
