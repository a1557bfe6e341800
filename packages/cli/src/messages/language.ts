/** The languages that the command speaks. */
export type Language = 'en' | 'pt-BR'

/** An instant as a person of that language reads it, to the minute and with its time zone. */
export function formatDate(instant: number | string, language: Language): string {
  return new Intl.DateTimeFormat(language, DATE).format(new Date(instant))
}

const DATE: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
}
