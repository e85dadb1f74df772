/** Whether a text has the shape of a mail address (`x@y.z`, any script). Whether it exists, only a mail can tell. */
export function isEmailText(text: string): boolean {
  return /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/u.test(text)
}

/** Whether a text is a phone number as people type it: 7 to 15 digits (E.164), with spaces, brackets, dots, dashes and a leading plus. */
export function isPhoneText(text: string): boolean {
  return /^\+?[\d\s().\-/]+$/.test(text.trim()) && /^\d{7,15}$/.test(text.replace(/\D/g, ''))
}
