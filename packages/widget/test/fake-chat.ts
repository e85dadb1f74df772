import type {
  AvailabilityView,
  Capabilities,
  Chat,
  ChatMessage,
  ConnectionState,
  ConversationView,
  Durability,
  Mode,
  OutboxView,
  QueueView,
  RequestView
} from '@porchlight/core'
import type { Participant, RequestFields, SiteInfo } from '@porchlight/protocol'
import { atom, type WritableAtom } from 'nanostores'

/** A chat whose stores a test sets by hand, and that writes down what it was asked for. */
export interface FakeChat extends Chat {
  readonly $connection: WritableAtom<ConnectionState>
  readonly $capabilities: WritableAtom<Capabilities | null>
  readonly $availability: WritableAtom<AvailabilityView>
  readonly $mode: WritableAtom<Mode>
  readonly $conversation: WritableAtom<ConversationView | null>
  readonly $messages: WritableAtom<readonly ChatMessage[]>
  readonly $typing: WritableAtom<readonly Participant[]>
  readonly $unread: WritableAtom<number>
  readonly $outbox: WritableAtom<OutboxView>
  readonly $durability: WritableAtom<Durability>
  readonly $draft: WritableAtom<string>
  readonly $request: WritableAtom<RequestView>
  readonly $site: WritableAtom<SiteInfo>
  readonly $queue: WritableAtom<QueueView | null>
  /** Names of the actions called, with their arguments. */
  readonly calls: (readonly unknown[])[]
}

const nothing: RequestView = { state: 'idle', fields: {}, problems: {}, receipt: null }

/** What can be different from an open chat with an agent available. */
export interface FakeChatOptions {
  readonly mode?: Mode
  readonly availability?: Partial<AvailabilityView>
  readonly messages?: readonly ChatMessage[]
  readonly conversation?: Partial<ConversationView>
  readonly request?: Partial<RequestView>
  readonly unread?: number
  readonly queue?: QueueView
  readonly site?: SiteInfo
  /** What `open` waits for. Default: nothing. */
  readonly opening?: Promise<void>
  /** What `leaveRequest` makes of the form. Default: accepted under 7K3M-9QXA. */
  readonly onRequest?: (fields: Partial<RequestFields>) => Partial<RequestView>
}

export function createFakeChat(options: FakeChatOptions = {}): FakeChat {
  const calls: (readonly unknown[])[] = []
  const call =
    (name: string) =>
    (...details: unknown[]) =>
      void calls.push([name, ...details])
  const $draft = atom(options.request?.fields?.text ?? '')
  const $request = atom<RequestView>({ ...nothing, ...options.request })
  const $mode = atom<Mode>(options.mode ?? 'chat')
  const setText = (text: string) => {
    $draft.set(text)
    $request.set({ ...$request.get(), fields: { ...$request.get().fields, text } })
  }
  const accept = (): Partial<RequestView> => ({
    state: 'accepted',
    receipt: { reference: '7K3M-9QXA', createdAt: Date.now() },
    fields: {},
    problems: {}
  })
  return {
    calls,
    $connection: atom({ state: 'open', attempt: 0, deviceOffline: false }),
    $capabilities: atom(null),
    $availability: atom({ rev: 1, state: 'online', reason: 'available', at: Date.now(), ...options.availability }),
    $mode,
    $conversation: atom(
      options.messages || options.conversation
        ? { c: 'c1', state: 'open', assignee: null, hasOlder: false, isLoadingOlder: false, isBehind: false, ...options.conversation }
        : null
    ),
    $messages: atom(options.messages ?? []),
    $typing: atom([]),
    $unread: atom(options.unread ?? 0),
    $draft,
    $request,
    $site: atom(options.site ?? {}),
    $queue: atom(options.queue ?? null),
    keepWaiting: call('keepWaiting'),
    $durability: atom('persistent'),
    $outbox: atom({ count: 0, isFull: false }),
    open: () => options.opening ?? Promise.resolve(),
    close: call('close'),
    send: async (text) => {
      calls.push(['send', text])
      if ($draft.get() === text) setText('')
      return 'sent-1'
    },
    resend: call('resend'),
    discard: call('discard'),
    setDraft: setText,
    chooseMode: (mode) => {
      calls.push(['chooseMode', mode])
      $mode.set(mode)
    },
    markRead: call('markRead'),
    loadOlder: async () => void calls.push(['loadOlder']),
    editRequest: ({ text, custom, ...fields }) => {
      if (text !== undefined) setText(text)
      const before = $request.get().fields
      const answers = custom ? { custom: { ...before.custom, ...custom } } : {}
      $request.set({ ...$request.get(), state: 'draft', fields: { ...before, ...fields, ...answers } })
    },
    leaveRequest: async (...details) => {
      calls.push(['leaveRequest', ...details])
      $request.set({ ...$request.get(), ...(options.onRequest ?? accept)($request.get().fields) })
    },
    newRequest: () => $request.set(nothing),
    reset: async () => 0,
    destroy: call('destroy')
  }
}

let order = 0

/** A message of the agent Ann; every field can be another. */
export function aMessage(fields: Partial<ChatMessage> & { readonly text?: string } = {}): ChatMessage {
  order++
  const { text = `Message ${order}`, ...rest } = fields
  return {
    c: 'c1',
    id: `m${order}`,
    cursor: `${order}`,
    order,
    at: Date.now(),
    by: { role: 'agent', id: 'ann', name: 'Ann' },
    k: 'text',
    body: { text },
    own: false,
    state: 'received',
    ...rest
  }
}

/** A message of this visitor. */
export function anOwnMessage(fields: Partial<ChatMessage> & { readonly text?: string } = {}): ChatMessage {
  return aMessage({ by: { role: 'visitor', id: 'me' }, own: true, state: 'sent', ...fields })
}
