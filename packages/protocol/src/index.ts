export * from './api.js'
export {
  type AnswerTargets,
  AnswerTargetsSchema,
  type AnswerTimes,
  AnswerTimesSchema,
  defaultAnswerTargets,
  type FirstAnswers,
  FirstAnswersSchema
} from './api-answers.js'
export * from './api-console.js'
export * from './api-sites.js'
export { isBlankText } from './blank-text.js'
export { checkServerFrame } from './check-server-frame.js'
export * from './client-frames.js'
export { closeCodeMeanings } from './close-code-meanings.js'
export * from './close-codes.js'
export * from './contact-shapes.js'
export type { Department } from './departments.js'
export * from './entities.js'
export { errorMeanings } from './error-meanings.js'
export * from './error-traits.js'
export * from './errors.js'
export * from './event-data.js'
export { answerMaxChars, checkAnswers, keptFields } from './form-answers.js'
export { type Holiday, type HoursException, type OpenTime, type SiteHours, SiteHoursSchema, type Weekday, weekdays } from './hours.js'
export * from './hours-preview.js'
export { hoursProblems } from './hours-problems.js'
export * from './ids.js'
export { limits } from './limits.js'
export { isMailAddress, mailAddress } from './mail-address.js'
export { type Problem, parse, parseClientFrame, parseJson, problems } from './parse.js'
export {
  type FormAnswers,
  type FormConsent,
  type FormField,
  type FormOption,
  type KeptAnswer,
  type RequestForm,
  RequestFormSchema
} from './request-form.js'
export type { MailState, RequestMail } from './request-mail.js'
export { line, type Schema, typedText } from './schema.js'
export { serverFrameSchemas } from './server-frame-schemas.js'
export * from './server-frames.js'
export type { SiteInfo, SiteWords } from './site-info.js'
export { textIn } from './text-in.js'
export type { Texts } from './texts.js'
export { PROTOCOL_VERSION, SUBPROTOCOL } from './version.js'
