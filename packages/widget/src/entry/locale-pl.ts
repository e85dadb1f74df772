export { default as catalogue } from '../../locales/pl.json'
