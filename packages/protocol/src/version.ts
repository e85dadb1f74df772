/** The version of the wire that this package speaks. */
export const PROTOCOL_VERSION = 1

/** The WebSocket subprotocol of version 1. */
export const SUBPROTOCOL = 'porchlight.v1'
