import { ChatError, type ErrorCode, type Participant, type Retry } from '@porchlight/protocol'
import { expectTypeOf } from 'vitest'
import type {
  AvailabilityView,
  Chat,
  ChatAdapter,
  ChatMessage,
  ChatOptions,
  ConnectContext,
  Connection,
  ConversationView,
  Log,
  Mode,
  SendOutcome,
  Session,
  SessionEvent
} from '../src/index.js'
import { createChat, createConnection } from '../src/index.js'

declare const chat: Chat
declare const log: Log
declare const connection: Connection
declare const outcome: SendOutcome
declare const event: SessionEvent

type StoreNames<T> = { [K in keyof T]: K extends `$${string}` ? K : never }[keyof T]
/** Stores of `T` that somebody outside could write to. */
type Writable<T> = { [K in StoreNames<T>]: 'set' extends keyof T[K] ? K : never }[StoreNames<T>]

// Stores can be read and listened to, and nothing else.
expectTypeOf<Writable<Chat>>().toEqualTypeOf<never>()
expectTypeOf<Writable<Connection>>().toEqualTypeOf<never>()
expectTypeOf<Writable<Log>>().toEqualTypeOf<never>()
expectTypeOf<StoreNames<Chat>>().toEqualTypeOf<
  | '$connection'
  | '$capabilities'
  | '$availability'
  | '$mode'
  | '$site'
  | '$queue'
  | '$conversation'
  | '$messages'
  | '$typing'
  | '$unread'
  | '$draft'
  | '$request'
  | '$durability'
  | '$outbox'
>()
expectTypeOf(chat.$messages.get()).toEqualTypeOf<readonly ChatMessage[]>()
expectTypeOf(chat.$availability.get()).toEqualTypeOf<AvailabilityView>()
expectTypeOf(chat.$availability.get().state).toEqualTypeOf<'online' | 'busy' | 'away' | 'offline' | 'unknown'>()
expectTypeOf(chat.$mode.get()).toEqualTypeOf<'chat' | 'request'>()
expectTypeOf(chat.$conversation.get()).toEqualTypeOf<ConversationView | null>()
expectTypeOf(chat.$typing.get()).toEqualTypeOf<readonly Participant[]>()
expectTypeOf(chat.$messages.subscribe).returns.toEqualTypeOf<() => void>()
// @ts-expect-error what a store holds cannot be changed in place
chat.$messages.get().push({} as ChatMessage)
// @ts-expect-error nor what a message says
chat.$messages.get()[0]!.state = 'read'

// Verbs.
expectTypeOf(createChat).parameters.toEqualTypeOf<[ChatOptions]>()
expectTypeOf(createChat).returns.toEqualTypeOf<Chat>()
expectTypeOf(createConnection).returns.toEqualTypeOf<Connection>()
expectTypeOf(chat.open).returns.toEqualTypeOf<Promise<void>>()
expectTypeOf(chat.send).parameters.toEqualTypeOf<[string]>()
expectTypeOf(chat.send).returns.toEqualTypeOf<Promise<string>>()
expectTypeOf(chat.reset).returns.toEqualTypeOf<Promise<number>>()
expectTypeOf(chat.chooseMode).parameter(0).toEqualTypeOf<Mode>()
expectTypeOf(log.publish).returns.toEqualTypeOf<Promise<string>>()
expectTypeOf(connection.withSession<number>).returns.toEqualTypeOf<Promise<number>>()
// @ts-expect-error an adapter is needed
createChat({})
// @ts-expect-error a form has no such field
void chat.leaveRequest({ address: 'Main Street 1' })
// @ts-expect-error a field is a text, not undefined
chat.editRequest({ name: undefined })

// An adapter is three members; what a session may lack is optional, and only that.
expectTypeOf<{ name: string; scope: string; connect: (context: ConnectContext) => Promise<Session> }>().toExtend<ChatAdapter>()
expectTypeOf<Pick<Session, 'caps' | 'order' | 'you' | 'conversations' | 'send' | 'history'>>().toExtend<Session>()
expectTypeOf<Omit<Session, 'send'>>().not.toExtend<Session>()
expectTypeOf<Omit<Session, 'history'>>().not.toExtend<Session>()
expectTypeOf<ConnectContext['saved']>().toBeUnknown()
expectTypeOf<ConnectContext['emit']>().parameter(0).toEqualTypeOf<SessionEvent>()
if (outcome.outcome === 'stored') expectTypeOf(outcome.message.order).toBeNumber()
else if (outcome.outcome === 'order') expectTypeOf(outcome.expectN).toBeNumber()
else expectTypeOf(outcome).toEqualTypeOf<{ readonly outcome: 'unknown' }>()
if (event.type === 'closed') expectTypeOf(event.error).toEqualTypeOf<ChatError>()
if (event.type === 'message') expectTypeOf(event.message.by).toEqualTypeOf<Participant>()

// Errors are told apart by code.
const error = new ChatError('busy', 'x')
expectTypeOf(error.code).toEqualTypeOf<ErrorCode>()
expectTypeOf(error.retry).toEqualTypeOf<Retry>()
expectTypeOf<'busy' | 'invalid' | 'too_large' | 'offline'>().toExtend<ErrorCode>()
if (error.code === 'busy') expectTypeOf(error.code).toEqualTypeOf<'busy'>()
// @ts-expect-error there is no such code
new ChatError('bsuy', 'x')
