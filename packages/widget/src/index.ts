export { type MountChatOptions, mountChat } from './mount-chat.js'
export type {
  ChatWidget,
  Listen,
  MessageProgress,
  VerbCall,
  WidgetAvailability,
  WidgetEvents,
  WidgetOptions
} from './shell/widget.types.js'
