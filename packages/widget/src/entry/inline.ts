export { upgradeInline } from '../shell/session/upgrade-inline.js'
