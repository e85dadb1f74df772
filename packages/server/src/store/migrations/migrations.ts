import { first } from './001-first.js'
import { closedIsNobodys } from './002-closed-is-nobodys.js'
import { requestKeys } from './003-request-keys.js'
import { absences } from './004-absences.js'
import { mailJobs } from './005-mail-jobs.js'
import { firstAnswers } from './006-first-answers.js'
import { waitingChats } from './007-waiting-chats.js'
import type { Migrations } from './migrate.js'

/** Every migration by name, in order. A published one is never changed. */
export const migrations: Migrations = {
  '001-first': first,
  '002-closed-is-nobodys': closedIsNobodys,
  '003-request-keys': requestKeys,
  '004-absences': absences,
  '005-mail-jobs': mailJobs,
  '006-first-answers': firstAnswers,
  '007-waiting-chats': waitingChats
}
