/** Who takes the mail that the server sends. */
export interface SmtpServer {
  /** A name or an address; IPv6 without brackets. */
  readonly host: string
  readonly port: number
  /** TLS from the first byte. Otherwise it is asked for in the session, and without it no password is sent to another machine. */
  readonly isSecure: boolean
  readonly account?: { readonly user: string; readonly password: string } | undefined
}

/** How the server sends mail. */
export interface MailSettings {
  readonly server: SmtpServer
  /** The one address that all mail comes from. */
  readonly from: string
}
