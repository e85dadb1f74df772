import type {
  Department,
  FormConsent,
  FormField,
  FormOption,
  OperatorList,
  OperatorRow,
  RequestForm,
  SiteSettings,
  SiteWords,
  Texts
} from '@porchlight/protocol'
import type { Api } from './api.js'
import { readHours } from './hours.js'
import { count, flag, list, nullable, object, oneOf, type Reader, record, text } from './reader.js'

/** Of a site's settings, what is about all of its chats and requests. */
export type ChatsSettings = Pick<SiteSettings, 'capacity' | 'firstAnswerTargetMs' | 'requestTargetMs' | 'mailTo'>

const chats: Reader<ChatsSettings> = object<ChatsSettings>({
  capacity: count,
  firstAnswerTargetMs: count,
  requestTargetMs: count,
  mailTo: nullable(text)
})

/** How many chats at once, how soon answers are meant to come, and where requests are told by mail. */
export function readChats(api: Api, site: string): Promise<ChatsSettings> {
  return api.get(pathOf(site), chats)
}

/** The departments of a site, and everybody who can answer in them. */
export interface DepartmentsSettings extends Pick<SiteSettings, 'departments'> {
  readonly operators: readonly OperatorRow[]
}

const departments: Reader<Pick<SiteSettings, 'departments'>> = object<Pick<SiteSettings, 'departments'>>({
  departments: list(object<Department>({ id: text, name: text, operators: list(text), hours: nullable(readHours) }, ['hours']))
})

const operators: Reader<OperatorList> = object<OperatorList>({
  operators: list(object<OperatorRow>({ id: text, name: text, email: text, role: oneOf('owner', 'admin', 'agent', 'viewer'), disabled: flag }))
})

/** The departments, and who works for the site. */
export async function readDepartments(api: Api, site: string): Promise<DepartmentsSettings> {
  const [settings, members] = await Promise.all([api.get(pathOf(site), departments), api.get(`${pathOf(site)}/operators`, operators)])
  return { ...settings, ...members }
}

const texts: Reader<Texts> = record(text)

const words: Reader<Pick<SiteSettings, 'words'>> = object<Pick<SiteSettings, 'words'>>({
  words: nullable(
    object<SiteWords>({ outsideHours: texts, longWait: texts, accepted: texts, noRequests: texts }, [
      'outsideHours',
      'longWait',
      'accepted',
      'noRequests'
    ])
  )
})

/** What the site says by itself; null: nothing. */
export async function readWords(api: Api, site: string): Promise<SiteWords | null> {
  return (await api.get(pathOf(site), words)).words
}

const requestForm: Reader<Pick<SiteSettings, 'requestForm'>> = object<Pick<SiteSettings, 'requestForm'>>({
  requestForm: nullable(
    object<RequestForm>(
      {
        fields: list(
          object<FormField>(
            {
              id: text,
              kind: oneOf('text', 'select', 'checkbox', 'date'),
              label: texts,
              isRequired: flag,
              options: list(object<FormOption>({ id: text, label: texts }))
            },
            ['isRequired', 'options']
          )
        ),
        consent: object<FormConsent>({ label: texts, url: text }, ['url'])
      },
      ['consent']
    )
  )
})

/** What the request form asks for beside name, email, phone and the question; null: nothing. */
export async function readRequestForm(api: Api, site: string): Promise<RequestForm | null> {
  return (await api.get(pathOf(site), requestForm)).requestForm
}

function pathOf(site: string): string {
  return `/api/sites/${encodeURIComponent(site)}`
}
