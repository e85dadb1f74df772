export { pollWire } from '@porchlight/adapters/porchlight/poll'
