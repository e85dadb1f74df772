export { default as catalogue } from '../../locales/ru.json'
