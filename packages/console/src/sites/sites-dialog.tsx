import type { Me, SiteRow } from '@porchlight/protocol'
import { cleanName } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { useUnsaved } from '../settings/use-unsaved.js'
import type { MessageKey } from '../stores/language.js'
import { problemOf } from '../stores/problem.js'
import { changeSite, createSite, readManagedSites } from '../stores/sites.js'
import { type SiteValues, siteBody } from './site-fields.js'
import { SiteList } from './site-list.js'
import { SiteView } from './site-view.js'

/** What is open in the dialog. */
type Open = { readonly site: SiteRow | null; readonly isNew: boolean }

/** The sites that this operator looks after: what they are called, whose pages may show their widget, and how to put it there. */
export function SitesDialog({ me, onClose }: { readonly me: Me; readonly onClose: () => void }): VNode {
  const { session, i18n } = useConsole()
  const { text } = i18n
  const { sites, problem, keep } = useManagedSites()
  const [open, setOpen] = useState<Open | null>(null)
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const unsaved = useUnsaved(open?.site?.site)
  useLayoutEffect(() => dialog.current?.showModal(), [])

  /** The button that was pressed goes with its view; a form then takes the focus on from here. */
  const show = (next: Open | null): void => {
    title.current?.focus()
    setOpen(next)
  }

  const save = async (values: SiteValues): Promise<void> => {
    const body = siteBody(values)
    const old = open?.site
    const row = old ? await changeSite(session.api, old.site, body) : await createSite(session.api, { site: values['site-id'].trim(), ...body })
    keep(row)
    setOpen((held) => (held?.site?.site === old?.site ? { site: row, isNew: !old } : held))
    await session.refresh().catch(() => undefined)
  }

  return (
    <dialog ref={dialog} data-part="dialog" data-kind="sites" aria-labelledby="sites-title" onCancel={unsaved.hold} onClose={onClose}>
      <h2 id="sites-title" ref={title} tabIndex={-1}>
        {open === null ? text('sites.title') : open.site ? cleanName(open.site.name) : text('sites.add')}
      </h2>
      {problem ? (
        <p role="alert" data-part="problem">
          {text(problem)}
        </p>
      ) : null}
      {open === null ? (
        <SiteList
          sites={sites}
          mayAdd={me.sites.length === 0 || me.sites.some(({ role }) => role === 'owner')}
          onOpen={(site) => show({ site, isNew: false })}
        />
      ) : (
        <SiteView key={open.site?.site} site={open.site} isNew={open.isNew} save={save} onUnsaved={unsaved.note} />
      )}
      <div data-part="actions">
        {open === null ? null : (
          <button type="button" data-part="quiet" onClick={() => unsaved.leave(() => show(null))}>
            {text('sites.back')}
          </button>
        )}
        <button type="button" data-part="secondary" onClick={() => unsaved.leave(() => dialog.current?.close())}>
          {text('shortcuts.done')}
        </button>
      </div>
      {unsaved.question}
    </dialog>
  )
}

/** The sites as the server has them, and as they were saved since. Null: not read yet. */
function useManagedSites(): {
  readonly sites: readonly SiteRow[] | null
  readonly problem: MessageKey | null
  readonly keep: (row: SiteRow) => void
} {
  const { session } = useConsole()
  const [sites, setSites] = useState<readonly SiteRow[] | null>(null)
  const [problem, setProblem] = useState<MessageKey | null>(null)
  useEffect(() => {
    readManagedSites(session.api).then(setSites, (error: unknown) => setProblem(problemOf(error).key))
  }, [session])
  const keep = (row: SiteRow): void =>
    setSites((held) => {
      const rows = held ?? []
      return rows.some(({ site }) => site === row.site) ? rows.map((each) => (each.site === row.site ? row : each)) : [...rows, row]
    })
  return { sites, problem, keep }
}
