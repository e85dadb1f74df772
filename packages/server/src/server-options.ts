import type { DestinationStream } from 'pino'
import type { Vitals } from './admission/vitals.js'
import type { Clock } from './clock.js'
import type { RateOverrides } from './limits/limits.types.js'
import type { LogLevel } from './log.js'
import type { MailSettings } from './mail/mail-settings.js'

/** How a server is set up. Everything but the data folder has a default. */
export interface ServerOptions {
  /** Folder of the SQLite file and of copied assets; made when absent. */
  readonly dataFolder: string
  /** TCP port; 0 takes a free one. Default: 4700. */
  readonly port?: number | undefined
  /** Address to listen on. Default: `127.0.0.1`. */
  readonly host?: string | undefined
  /** Origin that browsers see, such as `https://chat.example.com`. Default: whatever loopback name a browser uses, over plain http. */
  readonly publicUrl?: string | undefined
  /** First owner, made when the database has no account. Default: none; a one-time set-up link is made instead. */
  readonly owner?: { readonly email: string; readonly password: string } | undefined
  /** The mail server to hand mail about requests to, and the address that it comes from. Default: none; no mail is sent. */
  readonly mail?: MailSettings | undefined
  /** Proxies whose `X-Forwarded-For` is believed: their number, or their addresses and networks joined by commas. Default: none. */
  readonly trustProxy?: number | string | undefined
  /** Rates that differ from the built-in ones. */
  readonly limits?: RateOverrides | undefined
  /** Serves the demo shop at `/` and makes the site `demo`. Default: false. */
  readonly isDemo?: boolean | undefined
  /** Where the built pages are. Default: those of the installed packages. */
  readonly folders?: Partial<PageFolders> | undefined
  /** Where log lines go. Default: nowhere. */
  readonly log?: DestinationStream | undefined
  /** The least that is logged; `info` also has a line for each answer and each sign-in. Default: `warn`. */
  readonly logLevel?: LogLevel | undefined
  /** Time. Default: the machine's. */
  readonly clock?: Clock | undefined
  /** Whether the process is well enough for more people. Default: what it measures about itself. */
  readonly vitals?: Vitals | undefined
  /** scrypt's N for new password hashes. Default: 2^17. Lower it only in tests. */
  readonly passwordCost?: number | undefined
}

/** Folders of built files. */
export interface PageFolders {
  /** `porchlight.js` and `assets/`. */
  readonly widget: string
  /** `index.html` and `assets/`. */
  readonly console: string
  /** `shop.html` and what it needs. */
  readonly shop: string
}

/** Values that hold unless something else is asked for. */
export const defaults = { port: 4700, host: '127.0.0.1', dataFolder: './.porchlight' } as const
