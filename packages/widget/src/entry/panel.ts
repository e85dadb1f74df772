export { default as catalogue } from '../../locales/en.json'
export { mountPanel } from '../panel/mount-panel.js'
