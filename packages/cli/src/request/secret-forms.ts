/**
 * A secret as servers and programs give it back: as it is, percent-encoded, form-encoded, escaped in JSON, hexadecimal, in
 * base64 at any offset. Without regard to case they are what {@link comparable} makes of them.
 */
export function secretForms(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const percent = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\u{fffd}'))
  const json = JSON.stringify(secret).slice(1, -1)
  return [
    secret,
    percent,
    encodeURIComponent(percent),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    new URLSearchParams([['', secret]]).toString().slice(1),
    json,
    // PHP escapes the slash, Go and .NET what HTML could take for its own.
    json.replaceAll('/', '\\/'),
    json.replace(/[<>&'"+`=]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
    bytes.toString('hex'),
    ...[0, 1, 2].map((offset) => base64At(bytes, offset)),
  ]
}

/** Case aside, and base64url as base64: forms and text are compared in one alphabet, of the same length. */
export function comparable(text: string): string {
  return text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** What the bytes become in base64 behind `offset` other bytes, without the characters that those others take part in. */
function base64At(bytes: Buffer, offset: number): string {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '')
  const last = (offset + bytes.length) % 3 === 0 ? whole.length : whole.length - 1
  return whole.slice(Math.ceil((offset * 8) / 6), last)
}
