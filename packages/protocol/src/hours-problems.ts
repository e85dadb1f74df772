/** What can be wrong with hours, as the `problem` of a refused field says it. A screen looks its own words up by these; the place says where. */
export const hoursProblems = {
  zone: 'is not a time zone like Europe/Warsaw',
  from: 'is not a time like 09:00',
  to: 'is not a time like 18:00 or 24:00',
  empty: 'ends when it begins; a whole day is 00:00 to 24:00',
  overlap: 'holds times that overlap',
  overlapsDayBefore: 'begins before the day before has ended',
  day: 'is not a day of the year like 12-25',
  date: 'is not a date like 2026-12-24',
  twice: 'holds a day twice'
} as const
