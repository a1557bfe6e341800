/** The languages that the command speaks. */
export type Language = 'en' | 'pt-BR'

/** An instant as a person of that language reads it, to the minute, in the given or the system's time zone. */
export function formatDate(instant: number | string, language: Language, timeZone?: string): string {
  return new Intl.DateTimeFormat(language, { ...DATE, timeZone }).format(new Date(instant))
}

/** A number as a person of that language reads it: `1,000` or `1.000`. */
export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language).format(value)
}

const DATE: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
}
