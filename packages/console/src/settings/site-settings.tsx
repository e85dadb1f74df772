import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { HoursPart } from '../hours/hours-part.js'
import { readChats, readDepartments, readRequestForm, readWords } from '../stores/site-settings.js'
import { ChatsForm } from './chats-form.js'
import { DepartmentsForm } from './departments-form.js'
import { FoldedPart } from './folded-part.js'
import { PartFrame } from './part-frame.js'
import { RequestFormForm } from './request-form-form.js'
import type { OnUnsaved } from './use-unsaved.js'
import { WordsForm } from './words-form.js'

/** The settings of a site in parts, each read and saved by itself. */
export function SiteSettings({ site, onUnsaved }: { readonly site: string; readonly onUnsaved: OnUnsaved }): VNode {
  const { text } = useConsole().i18n
  return (
    <>
      <HoursPart site={site} onUnsaved={onUnsaved} />
      <FoldedPart site={site} part="chats" title={text('chats.title')}>
        <PartFrame site={site} read={readChats}>
          {(saved) => <ChatsForm site={site} saved={saved} onUnsaved={onUnsaved} />}
        </PartFrame>
      </FoldedPart>
      <FoldedPart site={site} part="departments" title={text('departments.title')}>
        <PartFrame site={site} read={readDepartments}>
          {(saved) => <DepartmentsForm site={site} saved={saved} onUnsaved={onUnsaved} />}
        </PartFrame>
      </FoldedPart>
      <FoldedPart site={site} part="words" title={text('words.title')}>
        <PartFrame site={site} read={readWords}>
          {(saved) => <WordsForm site={site} saved={saved} onUnsaved={onUnsaved} />}
        </PartFrame>
      </FoldedPart>
      <FoldedPart site={site} part="requestForm" title={text('form.title')}>
        <PartFrame site={site} read={readRequestForm}>
          {(saved) => <RequestFormForm site={site} saved={saved} onUnsaved={onUnsaved} />}
        </PartFrame>
      </FoldedPart>
    </>
  )
}
